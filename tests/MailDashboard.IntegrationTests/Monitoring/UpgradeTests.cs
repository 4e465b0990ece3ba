using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>A database of the first version, with what people have in it.</summary>
public sealed class UpgradeTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string Columns = "name, display_name, created_at, selectors, sending_addresses, own_hosts, next_dns_at, next_blocklist_at, next_connection_at, next_due_at, critical_count, error_count, warning_count, listing_count, undetermined_count, first_audit_at";

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Start_WithADatabaseOfTheFirstVersion_KeepsItsRowsAndGoesOn(string database)
    {
        var connection = await ConnectionAsync(database);
        using var folder = new ServerFolder("upgrade");
        await using (var first = TestDashboard.Create(connection, folder))
        {
            first.Get<DataFolder>().Create();
            await using var db = await first.OpenAsync();
            await db.GetService<IMigrator>().MigrateAsync("Initial", Token);
            var (list, at) = database == "postgres" ? ("'{s1}'", "'2026-02-01 08:00:00+00'") : ("'[\"s1\"]'", "1769932800000000");
            var statement = $"INSERT INTO domains ({Columns}) VALUES ('example.org', 'example.org', {at}, {list}, {list}, {list}, {at}, {at}, {at}, {at}, 0, 1, 0, 0, 0, {at})";
            await db.Database.ExecuteSqlRawAsync(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), Token);
            var record = $"INSERT INTO record_versions (domain_id, family, name, type, values_json, seen_from) SELECT id, 'dmarc', '_dmarc.example.org', 'TXT', '[\"v=DMARC1; p=reject\"]', {at} FROM domains";
            await db.Database.ExecuteSqlRawAsync(record, Token);
            var state = $"INSERT INTO family_states (domain_id, family, outcome, undetermined_json, facts_json, last_run_at, last_determined_at, elapsed_milliseconds) SELECT id, 'dmarc', 'completed', '[]', '[]', {at}, {at}, 5 FROM domains";
            await db.Database.ExecuteSqlRawAsync(state, Token);
            var isTrue = database == "postgres" ? "true" : "1";
            var grade = $"INSERT INTO subtest_states (domain_id, subtest, family, is_current, level, is_applicable, determined_at) SELECT id, 'dmarc-valid', 'dmarc', {isTrue}, 'full', {isTrue}, {at} FROM domains";
            await db.Database.ExecuteSqlRawAsync(grade, Token);
            const string Profiles = "INSERT INTO smtp_profiles (name, host, port, security, user_name, sender_address) VALUES ('a', 'a', 587, 'StartTls', 'user', 'a@example.org'), ('b', 'b', 25, 'None', NULL, 'b@example.org')";
            await db.Database.ExecuteSqlRawAsync(Profiles, Token);
        }

        await using var dashboard = await TestDashboard.StartAsync(connection, folder);
        var domain = await dashboard.ReadAsync(db => db.Domains.SingleAsync(Token));
        Assert.Equal(["s1"], domain.Selectors);
        Assert.Equal((0, null, false), (domain.ClientHosts.Count, domain.DailyVolume, domain.IsStrict));
        Assert.Equal(("dmarc", "full"), await dashboard.ReadAsync(db => db.SubtestStates.Select(g => new ValueTuple<string, string?>(g.Family, g.Level)).SingleAsync(Token)));
        Assert.Equal([SignInKind.Password, SignInKind.Nobody], await dashboard.ReadAsync(db => db.SmtpProfiles.OrderBy(p => p.Name).Select(p => p.SignInKind).ToListAsync(Token)));
        Assert.Equal("a", (await dashboard.Get<ProfileStore>().GetForNoticesAsync(Token))!.Host);
        await WatchTests.LookAsync(dashboard, domain.Id, WatchTests.Dmarc("v=DMARC1; p=none"));
        Assert.Equal("CHG002", Assert.Single((await WatchTests.DossierAsync(dashboard, domain.Id)).Findings).Code);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Start_WithADatabaseFromBeforeTheRuleAboutSending_AddsItOnceByEveryChannel(string database)
    {
        var connection = await ConnectionAsync(database);
        using var folder = new ServerFolder("upgrade-rule");
        await using (var first = TestDashboard.Create(connection, folder))
        {
            first.Get<DataFolder>().Create();
            await using var db = await first.OpenAsync();
            await db.GetService<IMigrator>().MigrateAsync("Incidents", Token);
            var (isTrue, at) = database == "postgres" ? ("true", "'2026-02-01 08:00:00+00'") : ("1", "1769932800000000");
            var done = $"INSERT INTO settings (key, value, changed_at) VALUES ('notification-defaults', '1', {at})";
            await db.Database.ExecuteSqlRawAsync(done, Token);
            var channels = $"INSERT INTO notification_channels (kind, name, is_enabled, language) VALUES ('Email', 'E-mail', {isTrue}, 'en'), ('Slack', 'Ops', {isTrue}, 'en')";
            await db.Database.ExecuteSqlRawAsync(channels, Token);
        }

        await using (var dashboard = await TestDashboard.StartAsync(connection, folder))
        {
            var rule = Assert.Single(await dashboard.Get<RuleStore>().ListAsync(Token));
            Assert.Equal((RulePresets.Sending, true, RuleTopic.Sending), (rule.Preset, rule.IsEnabled, rule.Terms.Topic));
            Assert.Equal(["E-mail", "Ops"], rule.Channels.Select(c => c.Name).Order());
            await dashboard.Get<RuleStore>().DeleteAsync(rule.Id, Token);
        }

        // What people remove stays removed.
        await using var again = await TestDashboard.StartAsync(connection, folder);
        Assert.Empty(await again.Get<RuleStore>().ListAsync(Token));
    }
}
