#!/bin/sh
# Runs in Temporal's admin-tools image; the connection comes from SQL_* variables. Creating what is there already fails, which is as good.
set -eu
for database in temporal temporal_visibility; do
  schema=${database#temporal_}
  temporal-sql-tool --db "$database" create || true
  temporal-sql-tool --db "$database" setup-schema -v 0.0 || true
  temporal-sql-tool --db "$database" update-schema -d "/etc/temporal/schema/postgresql/v12/$schema/versioned"
done
