use super::{
    env::Env,
    parse::flag,
    settings::{MFA_OPTIONAL, MFA_REQUIRED},
};

/// Whether every user of every tenant must have a second factor: the stricter of two settings
/// that say the same from opposite sides.
pub(super) fn required(env: &mut Env) -> bool {
    let required = env.parsed(&MFA_REQUIRED, false, flag);
    let optional = env.parsed(&MFA_OPTIONAL, true, flag);
    required || !optional
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stricter_word_holds() {
        for (variables, expected) in [
            (vec![], false),
            (vec![("MFA_REQUIRED", "true")], true),
            (vec![("HELLOJOHN_MFA_REQUIRED", "false")], false),
            (vec![("MFA_OPTIONAL", "false")], true),
            (
                vec![("MFA_REQUIRED", "true"), ("MFA_OPTIONAL", "true")],
                true,
            ),
        ] {
            let all = variables.iter();
            let mut env = Env::of(all.map(|(name, value)| ((*name).to_owned(), *value)));
            assert_eq!(required(&mut env), expected, "{variables:?}");
        }
    }
}
