-- Everything of ours in one statement: one row, one JSON text. Constraints are in `sql` alone.
(SELECT json_object(
    'tables', json((SELECT json_group_array(json_object(
        'name', master.name,
        'sql', master.sql,
        'columns', json((SELECT json_group_array(json_object(
                'name', name,
                'type', type,
                'not_null', "notnull",
                'default', dflt_value,
                'key', pk
            )) FROM pragma_table_xinfo(master.name) WHERE hidden <> 1)),
        'indexes', json((SELECT json_group_array(json_object('name', list.name, 'sql', entry.sql))
            FROM pragma_index_list(master.name) AS list
            JOIN sqlite_master AS entry ON entry.type = 'index' AND entry.name = list.name
            WHERE list.origin = 'c'))
    )) FROM sqlite_master AS master
    WHERE master.type = 'table' AND (lower(master.name) GLOB 'hj_*' OR lower(master.name) GLOB 'cp_*'))),
    'views', json((SELECT json_group_array(json_object('name', name, 'sql', sql))
        FROM sqlite_master
        WHERE type = 'view' AND (lower(name) GLOB 'hj_*' OR lower(name) GLOB 'cp_*'))),
    'triggers', json((SELECT json_group_array(json_object('name', name, 'table', tbl_name, 'sql', sql))
        FROM sqlite_master
        WHERE type = 'trigger' AND (lower(tbl_name) GLOB 'hj_*' OR lower(tbl_name) GLOB 'cp_*')))
))
