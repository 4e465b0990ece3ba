using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>Two people at the same domains.</summary>
public sealed class DomainChangesTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Edit_WhileSomebodyElseDid_StoresNothingAndSaysSo(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        var directory = dashboard.Get<DomainDirectory>();
        var read = new DomainDraft();

        var first = await directory.EditAsync(id, read with { Selectors = ["s1"], Tags = ["b", "a"] }, read, Token);
        var second = await directory.EditAsync(id, read with { Selectors = ["s2"] }, read, Token);

        Assert.IsType<DomainChange.Done>(first);
        Assert.IsType<DomainChange.ChangedMeanwhile>(second);
        var domain = await dashboard.ReadAsync(db => db.Domains.Include(d => d.Tags).SingleAsync(Token));
        Assert.Equal(["s1"], domain.Selectors);
        Assert.IsType<DomainChange.Done>(await directory.EditAsync(id, read, DomainDraft.Of(domain), Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Edit_InTheSameMoment_OneWinsAndTheOtherIsTold(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        var directory = dashboard.Get<DomainDirectory>();
        var read = new DomainDraft();

        var changes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => directory.EditAsync(id, read with { Tags = [$"tag{i}"] }, read, Token)));

        Assert.Single(changes.OfType<DomainChange.Done>());
        Assert.Equal(5, changes.OfType<DomainChange.ChangedMeanwhile>().Count());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Edit_OfWhatSomebodyDeleted_SaysSo(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.Get<DomainDirectory>().DeleteAsync(id, Token);

        Assert.IsType<DomainChange.Gone>(await dashboard.Get<DomainDirectory>().EditAsync(id, new DomainDraft(), new DomainDraft(), Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Import_ByTwoPeopleAtOnce_AddsEachDomainOnce(string database)
    {
        await using var dashboard = await StartAsync(database);
        var rows = DomainImportReader.Read(string.Join('\n', Enumerable.Range(0, 300).Select(i => $"d{i}.example.org")));

        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => dashboard.Get<DomainImport>().AddAsync(rows, Token)));

        Assert.Equal(300, reports.Sum(r => r.Count(l => l.Result == ImportResult.Added)));
        Assert.Equal(600, reports.Sum(r => r.Count(l => l.Result == ImportResult.Duplicate)));
        Assert.Equal(300, await dashboard.ReadAsync(db => db.Domains.CountAsync(Token)));
    }
}
