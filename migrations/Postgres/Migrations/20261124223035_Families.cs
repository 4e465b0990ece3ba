using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailDashboard.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Families : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<List<string>>(
                name: "client_hosts",
                table: "domains",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "daily_volume",
                table: "domains",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_strict",
                table: "domains",
                type: "boolean",
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
