using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailDashboard.Migrations.Sqlite.Migrations
{
    /// <summary>
    /// Several families may grade one subtest. SQLite has no way to change a key: the table is made anew. By hand, because what is
    /// generated for it switches foreign keys off, which no transaction can hold; here a crash leaves all or nothing.
    /// </summary>
    public partial class Grades : Migration
    {
        private const string Interim = "subtest_states_made_anew";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            Rebuild(migrationBuilder, "domain_id, subtest, family", "SELECT domain_id, subtest, family, is_current, level, is_applicable, determined_at FROM subtest_states");

        /// <summary>Of several grades of one subtest the latest stays.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) =>
            Rebuild(migrationBuilder, "domain_id, subtest", "SELECT domain_id, subtest, family, is_current, level, is_applicable, max(determined_at) FROM subtest_states GROUP BY domain_id, subtest");

        private static void Rebuild(MigrationBuilder migrationBuilder, string key, string rows)
        {
            migrationBuilder.Sql(
                $"""
                CREATE TABLE {Interim} (
                    domain_id INTEGER NOT NULL,
                    subtest TEXT NOT NULL,
                    family TEXT NOT NULL,
                    is_current INTEGER NOT NULL,
                    level TEXT NULL,
                    is_applicable INTEGER NOT NULL,
                    determined_at INTEGER NOT NULL,
                    CONSTRAINT pk_subtest_states PRIMARY KEY ({key}),
                    CONSTRAINT fk_subtest_states_domains_domain_id FOREIGN KEY (domain_id) REFERENCES domains (id) ON DELETE CASCADE
                )
                """);
            migrationBuilder.Sql($"INSERT INTO {Interim} {rows}");
            migrationBuilder.Sql("DROP TABLE subtest_states");
            migrationBuilder.Sql($"ALTER TABLE {Interim} RENAME TO subtest_states");
        }
    }
}
