using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailDashboard.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Sending : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "authorization_endpoint",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "certificate_ends_at",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "certificate_name",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "checked_at",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "client_id",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "connections",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "device_endpoint",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "failing_since",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "latency_milliseconds",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "next_check_at",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "oauth_grant",
                table: "smtp_profiles",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "per_day",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "per_hour",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "per_minute",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "preset",
                table: "smtp_profiles",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "problem",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "protected_certificate",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "protected_client_secret",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "protected_refresh_token",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "protected_service_key",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "scope",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "sends_notices",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "server_certificate_ends_at",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sign_in_kind",
                table: "smtp_profiles",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "token_endpoint",
                table: "smtp_profiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "worked_at",
                table: "smtp_profiles",
                type: "INTEGER",
                nullable: true);

            // Until now there was one profile, which signed in where it had a user.
            migrationBuilder.Sql("UPDATE smtp_profiles SET sign_in_kind = CASE WHEN user_name IS NULL THEN 'Nobody' ELSE 'Password' END");

            migrationBuilder.CreateTable(
                name: "mailboxes",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    protocol = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    addressing = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    is_seed = table.Column<bool>(type: "INTEGER", nullable: false),
                    provider = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    spam_folder = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    host = table.Column<string>(type: "TEXT", nullable: false),
                    port = table.Column<int>(type: "INTEGER", nullable: false),
                    security = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    sign_in_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    user_name = table.Column<string>(type: "TEXT", nullable: true),
                    protected_password = table.Column<string>(type: "TEXT", nullable: true),
                    oauth_grant = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    token_endpoint = table.Column<string>(type: "TEXT", nullable: true),
                    authorization_endpoint = table.Column<string>(type: "TEXT", nullable: true),
                    device_endpoint = table.Column<string>(type: "TEXT", nullable: true),
                    client_id = table.Column<string>(type: "TEXT", nullable: true),
                    scope = table.Column<string>(type: "TEXT", nullable: true),
                    protected_client_secret = table.Column<string>(type: "TEXT", nullable: true),
                    protected_refresh_token = table.Column<string>(type: "TEXT", nullable: true),
                    protected_service_key = table.Column<string>(type: "TEXT", nullable: true),
                    protected_certificate = table.Column<string>(type: "TEXT", nullable: true),
                    certificate_name = table.Column<string>(type: "TEXT", nullable: true),
                    certificate_ends_at = table.Column<long>(type: "INTEGER", nullable: true),
                    checked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    worked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failing_since = table.Column<long>(type: "INTEGER", nullable: true),
                    next_check_at = table.Column<long>(type: "INTEGER", nullable: true),
                    latency_milliseconds = table.Column<int>(type: "INTEGER", nullable: true),
                    server_certificate_ends_at = table.Column<long>(type: "INTEGER", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailboxes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "placement_plans",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    profile_id = table.Column<int>(type: "INTEGER", nullable: false),
                    mailbox_ids = table.Column<string>(type: "TEXT", nullable: false),
                    interval_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    is_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_placement_plans", x => x.id);
                    table.ForeignKey(
                        name: "fk_placement_plans_smtp_profiles_profile_id",
                        column: x => x.profile_id,
                        principalTable: "smtp_profiles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "profile_domains",
                columns: table => new
                {
                    profile_id = table.Column<int>(type: "INTEGER", nullable: false),
                    domain_id = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_profile_domains", x => new { x.profile_id, x.domain_id });
                    table.ForeignKey(
                        name: "fk_profile_domains_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_profile_domains_smtp_profiles_profile_id",
                        column: x => x.profile_id,
                        principalTable: "smtp_profiles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "profile_sendings",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    profile_id = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    under_way_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_profile_sendings", x => x.id);
                    table.ForeignKey(
                        name: "fk_profile_sendings_smtp_profiles_profile_id",
                        column: x => x.profile_id,
                        principalTable: "smtp_profiles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "setup_runs",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    domain_name = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    domain_id = table.Column<int>(type: "INTEGER", nullable: true),
                    step = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state_json = table.Column<string>(type: "TEXT", nullable: false),
                    protected_json = table.Column<string>(type: "TEXT", nullable: true),
                    started_by = table.Column<string>(type: "TEXT", nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_setup_runs", x => x.id);
                    table.ForeignKey(
                        name: "fk_setup_runs_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "message_tests",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    token = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    mailbox_id = table.Column<int>(type: "INTEGER", nullable: false),
                    profile_id = table.Column<int>(type: "INTEGER", nullable: true),
                    domain_id = table.Column<int>(type: "INTEGER", nullable: true),
                    is_bulk = table.Column<bool>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    started_by = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    received_at = table.Column<long>(type: "INTEGER", nullable: true),
                    judged_at = table.Column<long>(type: "INTEGER", nullable: true),
                    from = table.Column<string>(type: "TEXT", nullable: true),
                    subject = table.Column<string>(type: "TEXT", nullable: true),
                    score = table.Column<double>(type: "REAL", nullable: true),
                    verdict_json = table.Column<string>(type: "TEXT", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    share_hash = table.Column<string>(type: "TEXT", nullable: true),
                    share_ends_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_tests", x => x.id);
                    table.ForeignKey(
                        name: "fk_message_tests_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_message_tests_mailboxes_mailbox_id",
                        column: x => x.mailbox_id,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_message_tests_smtp_profiles_profile_id",
                        column: x => x.profile_id,
                        principalTable: "smtp_profiles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "placement_runs",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    plan_id = table.Column<int>(type: "INTEGER", nullable: true),
                    profile_id = table.Column<int>(type: "INTEGER", nullable: true),
                    started_by = table.Column<string>(type: "TEXT", nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_placement_runs", x => x.id);
                    table.ForeignKey(
                        name: "fk_placement_runs_placement_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "placement_plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_placement_runs_smtp_profiles_profile_id",
                        column: x => x.profile_id,
                        principalTable: "smtp_profiles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "placement_results",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    run_id = table.Column<int>(type: "INTEGER", nullable: false),
                    mailbox_id = table.Column<int>(type: "INTEGER", nullable: false),
                    message_id = table.Column<string>(type: "TEXT", nullable: false),
                    placement = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    folder = table.Column<string>(type: "TEXT", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    arrived_at = table.Column<long>(type: "INTEGER", nullable: true),
                    headers_json = table.Column<string>(type: "TEXT", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    removed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_placement_results", x => x.id);
                    table.ForeignKey(
                        name: "fk_placement_results_mailboxes_mailbox_id",
                        column: x => x.mailbox_id,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_placement_results_placement_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "placement_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_smtp_profiles_next_check_at",
                table: "smtp_profiles",
                column: "next_check_at");

            migrationBuilder.CreateIndex(
                name: "ix_mailboxes_next_check_at",
                table: "mailboxes",
                column: "next_check_at");

            migrationBuilder.CreateIndex(
                name: "ix_message_tests_domain_id_created_at",
                table: "message_tests",
                columns: new[] { "domain_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_message_tests_mailbox_id",
                table: "message_tests",
                column: "mailbox_id");

            migrationBuilder.CreateIndex(
                name: "ix_message_tests_profile_id",
                table: "message_tests",
                column: "profile_id");

            migrationBuilder.CreateIndex(
                name: "ix_message_tests_share_hash",
                table: "message_tests",
                column: "share_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_message_tests_status_expires_at",
                table: "message_tests",
                columns: new[] { "status", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_message_tests_token",
                table: "message_tests",
                column: "token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_placement_plans_next_at",
                table: "placement_plans",
                column: "next_at");

            migrationBuilder.CreateIndex(
                name: "ix_placement_plans_profile_id",
                table: "placement_plans",
                column: "profile_id");

            migrationBuilder.CreateIndex(
                name: "ix_placement_results_mailbox_id_placement",
                table: "placement_results",
                columns: new[] { "mailbox_id", "placement" });

            migrationBuilder.CreateIndex(
                name: "ix_placement_results_run_id",
                table: "placement_results",
                column: "run_id");

            migrationBuilder.CreateIndex(
                name: "ix_placement_runs_ended_at_until",
                table: "placement_runs",
                columns: new[] { "ended_at", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_placement_runs_plan_id",
                table: "placement_runs",
                column: "plan_id");

            migrationBuilder.CreateIndex(
                name: "ix_placement_runs_profile_id",
                table: "placement_runs",
                column: "profile_id");

            migrationBuilder.CreateIndex(
                name: "ix_placement_runs_started_at",
                table: "placement_runs",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_profile_domains_domain_id",
                table: "profile_domains",
                column: "domain_id");

            migrationBuilder.CreateIndex(
                name: "ix_profile_sendings_profile_id_at",
                table: "profile_sendings",
                columns: new[] { "profile_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_setup_runs_changed_at",
                table: "setup_runs",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_setup_runs_domain_id",
                table: "setup_runs",
                column: "domain_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "message_tests");

            migrationBuilder.DropTable(
                name: "placement_results");

            migrationBuilder.DropTable(
                name: "profile_domains");

            migrationBuilder.DropTable(
                name: "profile_sendings");

            migrationBuilder.DropTable(
                name: "setup_runs");

            migrationBuilder.DropTable(
                name: "mailboxes");

            migrationBuilder.DropTable(
                name: "placement_runs");

            migrationBuilder.DropTable(
                name: "placement_plans");

            migrationBuilder.DropIndex(
                name: "ix_smtp_profiles_next_check_at",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "authorization_endpoint",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "certificate_ends_at",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "certificate_name",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "checked_at",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "client_id",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "connections",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "device_endpoint",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "failing_since",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "latency_milliseconds",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "next_check_at",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "oauth_grant",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "per_day",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "per_hour",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "per_minute",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "preset",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "problem",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "protected_certificate",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "protected_client_secret",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "protected_refresh_token",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "protected_service_key",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "scope",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "sends_notices",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "server_certificate_ends_at",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "sign_in_kind",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "token_endpoint",
                table: "smtp_profiles");

            migrationBuilder.DropColumn(
                name: "worked_at",
                table: "smtp_profiles");
        }
    }
}
