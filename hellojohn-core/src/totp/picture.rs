use data_encoding::BASE64;
use qrcode::{Color, EcLevel, QrCode};
use secrecy::{ExposeSecret, SecretString};

/// The picture could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// The text does not fit into a QR code.
    #[error("the text does not fit into a QR code")]
    TooLong,
    /// The picture could not be written.
    #[error("the picture could not be written")]
    Encoding(#[from] png::EncodingError),
}

/// Pixels of one module.
const SCALE: usize = 6;
/// Modules of white around it (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

/// A text as a QR code: a PNG in a `data:` URL.
pub fn qr_code(text: &SecretString) -> Result<SecretString, PictureError> {
    let code = QrCode::with_error_correction_level(text.expose_secret(), EcLevel::M)
        .map_err(|_| PictureError::TooLong)?;
    let width = code.width();
    let modules = code.to_colors();
    let side = (width + 2 * QUIET) * SCALE;
    let is_dark = |x: usize, y: usize| {
        let at = |pixel: usize| (pixel / SCALE).checked_sub(QUIET).filter(|at| *at < width);
        at(x)
            .zip(at(y))
            .and_then(|(x, y)| modules.get(y * width + x))
            .is_some_and(|module| *module == Color::Dark)
    };
    let mut pixels = Vec::with_capacity(side * side);
    for y in 0..side {
        pixels.extend((0..side).map(|x| if is_dark(x, y) { 0 } else { 255 }));
    }
    let mut file = Vec::new();
    let side = u32::try_from(side).map_err(|_| PictureError::TooLong)?;
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(format!("data:image/png;base64,{}", BASE64.encode(&file)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The corners of every QR code are squares of seven modules: dark, light, dark.
    #[test]
    fn the_picture_is_a_png_with_the_marks_of_a_qr_code() {
        let picture = qr_code(&"otpauth://totp/a:b?secret=C".to_owned().into()).unwrap();
        let text = picture.expose_secret();
        let text = text.strip_prefix("data:image/png;base64,").unwrap();
        let file = BASE64.decode(text.as_bytes()).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!(info.width, info.height);
        let side = usize::try_from(info.width).unwrap();
        let module = |x: usize, y: usize| pixels[(y * SCALE) * side + x * SCALE] == 0;
        let row: Vec<bool> = (QUIET..QUIET + 7).map(|x| module(x, QUIET + 1)).collect();
        assert_eq!(row, [true, false, false, false, false, false, true]);
        let row: Vec<bool> = (QUIET..QUIET + 7).map(|x| module(x, QUIET + 3)).collect();
        assert_eq!(row, [true, false, true, true, true, false, true]);
        assert!(!module(0, 0) && !module(QUIET - 1, QUIET));
    }

    #[test]
    fn a_text_too_long_is_refused() {
        assert!(qr_code(&"x".repeat(8_000).into()).is_err());
    }
}
