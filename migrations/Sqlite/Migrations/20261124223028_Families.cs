using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailDashboard.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Families : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "client_hosts",
                table: "domains",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "daily_volume",
                table: "domains",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_strict",
                table: "domains",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "client_hosts",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "daily_volume",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "is_strict",
                table: "domains");
        }
    }
}
