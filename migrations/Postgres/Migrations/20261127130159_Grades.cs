using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailDashboard.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Grades : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_subtest_states",
                table: "subtest_states");

            migrationBuilder.AddPrimaryKey(
                name: "pk_subtest_states",
                table: "subtest_states",
                columns: new[] { "domain_id", "subtest", "family" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_subtest_states",
                table: "subtest_states");

            migrationBuilder.AddPrimaryKey(
                name: "pk_subtest_states",
                table: "subtest_states",
                columns: new[] { "domain_id", "subtest" });
        }
    }
}
