using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailDashboard.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Relays : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "relays",
                table: "mailboxes",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "relays",
                table: "mailboxes");
        }
    }
}
