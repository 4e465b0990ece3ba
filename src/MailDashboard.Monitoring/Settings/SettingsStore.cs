using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Settings;

/// <summary>
/// The settings, kept in memory and read again when they change here, and every quarter of a minute because another process
/// may have changed them.
/// </summary>
public sealed class SettingsStore
{
    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(15);

    private readonly IDbContextFactory<DashboardContext> _contexts;
    private readonly DatabaseWriter _writer;
    private readonly SecretProtector _secrets;
    private readonly EnvironmentSettings _environment;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private volatile Snapshot _snapshot;

    internal SettingsStore(
        IDbContextFactory<DashboardContext> contexts,
        DatabaseWriter writer,
        SecretProtector secrets,
        EnvironmentSettings environment,
        ChangeFeed feed,
        TimeProvider time)
    {
        (_contexts, _writer, _secrets, _environment, _feed, _time) = (contexts, writer, secrets, environment, feed, time);
        _snapshot = new Snapshot(environment.Over(DashboardSettings.Default), ImmutableDictionary<string, string>.Empty, DateTimeOffset.MinValue);
    }

    /// <summary>Told when the DNS servers, the networks that may be probed or the public URL have changed, and at the first reading.</summary>
    public event Action<DashboardSettings>? Changed;

    /// <summary>As last read; the defaults before the first <see cref="GetAsync"/>.</summary>
    public DashboardSettings Current => _snapshot.Settings;

    /// <summary>They were read from the database at least once.</summary>
    public bool IsLoaded => _snapshot.ReadAt != DateTimeOffset.MinValue;

    /// <summary>The settings, not older than 15 seconds.</summary>
    public async Task<DashboardSettings> GetAsync(CancellationToken cancellationToken)
    {
        if (_time.GetUtcNow() - _snapshot.ReadAt > MaximumAge)
        {
            await ReloadAsync(cancellationToken);
        }

        return _snapshot.Settings;
    }

    /// <summary>What an audit needs to know of blocklists, keys decrypted.</summary>
    public async Task<BlocklistSettings> GetBlocklistsAsync(CancellationToken cancellationToken)
    {
        var settings = await GetAsync(cancellationToken);
        return new BlocklistSettings
        {
            Enabled = settings.ListsEnabled,
            DataFile = settings.BlocklistDataFile,
            Keys = _snapshot.ListKeys,
            PrivateNetworks = settings.AllowedNetworks,
        };
    }

    /// <summary>Changes settings. What the environment decides stays as it is.</summary>
    /// <returns>What is wrong; nothing was stored then. Empty where it was.</returns>
    public async Task<IReadOnlyList<SettingProblem>> UpdateAsync(Func<DashboardSettings, DashboardSettings> change, CancellationToken cancellationToken)
    {
        var problems = await _writer.WriteAsync(
            async (db, token) =>
            {
                var rows = await db.Settings.ToDictionaryAsync(r => r.Key, token);
                var stored = StoredSettings.Read(rows.Values);
                var wanted = WithoutEnvironment(change(_environment.Over(stored)), stored);
                var wrong = SettingRules.Check(wanted);
                if (wrong.Count == 0)
                {
                    foreach (var (key, value) in StoredSettings.Write(stored, wanted))
                    {
                        Put(db, rows, key, value);
                    }
                }

                return wrong;
            },
            cancellationToken);
        if (problems.Count == 0)
        {
            await ReloadAsync(cancellationToken);
            _feed.Publish(new DashboardChange(null));
        }

        return problems;
    }

    /// <summary>Sets a list's key, or removes it (null or empty). It is never given back, only that it is set.</summary>
    public async Task SetListKeyAsync(string listId, string? key, CancellationToken cancellationToken)
    {
        var value = string.IsNullOrWhiteSpace(key) ? null : _secrets.Protect(SecretProtector.ListKey, key.Trim());
        await _writer.WriteAsync(
            async (db, token) =>
            {
                var rows = await db.Settings.Where(r => r.Key == StoredSettings.ListKeyPrefix + listId).ToDictionaryAsync(r => r.Key, token);
                Put(db, rows, StoredSettings.ListKeyPrefix + listId, value);
            },
            cancellationToken);
        await ReloadAsync(cancellationToken);
        _feed.Publish(new DashboardChange(null));
    }

    /// <summary>Reads them again now.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Settings.AsNoTracking().ToListAsync(cancellationToken);
        var before = _snapshot;
        var keys = rows.Where(r => r.Key.StartsWith(StoredSettings.ListKeyPrefix, StringComparison.Ordinal))
            .Select(r => (Id: r.Key[StoredSettings.ListKeyPrefix.Length..], Key: _secrets.TryUnprotect(SecretProtector.ListKey, r.Value)))
            .Where(k => k.Key is not null)
            .ToImmutableDictionary(k => k.Id, k => k.Key!, StringComparer.Ordinal);
        _snapshot = new Snapshot(_environment.Over(StoredSettings.Read(rows)), keys, _time.GetUtcNow());
        if (!SameServers(before.Settings, _snapshot.Settings) || before.ReadAt == DateTimeOffset.MinValue)
        {
            Changed?.Invoke(_snapshot.Settings);
        }
    }

    /// <summary>A stored value under one from the environment must not be overwritten by it.</summary>
    private static DashboardSettings WithoutEnvironment(DashboardSettings wanted, DashboardSettings stored) => wanted with
    {
        DnsServers = wanted.SetByEnvironment.Contains(nameof(wanted.DnsServers)) ? stored.DnsServers : wanted.DnsServers,
        AllowedNetworks = wanted.SetByEnvironment.Contains(nameof(wanted.AllowedNetworks)) ? stored.AllowedNetworks : wanted.AllowedNetworks,
        PublicUrl = wanted.SetByEnvironment.Contains(nameof(wanted.PublicUrl)) ? stored.PublicUrl : wanted.PublicUrl,
    };

    private static bool SameServers(DashboardSettings a, DashboardSettings b) =>
        a.DnsServers.SequenceEqual(b.DnsServers) && a.AllowedNetworks.SequenceEqual(b.AllowedNetworks) && a.PublicUrl == b.PublicUrl;

    private void Put(DashboardContext db, Dictionary<string, SettingRow> rows, string key, string? value)
    {
        var row = rows.GetValueOrDefault(key);
        if (value is null && row is not null)
        {
            db.Settings.Remove(row);
        }
        else if (value is not null && row is null)
        {
            db.Settings.Add(new SettingRow { Key = key, Value = value, ChangedAt = _time.GetUtcNow() });
        }
        else if (value is not null && row!.Value != value)
        {
            (row.Value, row.ChangedAt) = (value, _time.GetUtcNow());
        }
    }

    private sealed record Snapshot(DashboardSettings Settings, ImmutableDictionary<string, string> ListKeys, DateTimeOffset ReadAt);
}
