using MailDashboard.Monitoring.Persistence.Secrets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>Registers storage.</summary>
public static class PersistenceRegistration
{
    /// <summary>The context, its database, the key ring and their start. SQLite unless <c>ConnectionStrings:MailDashboard</c> is set.</summary>
    public static IServiceCollection AddDashboardPersistence(this IServiceCollection services, IConfiguration configuration)
    {
        var folder = DataFolder.Resolve(configuration);
        return services.AddDashboardPersistence(configuration, folder, DatabaseChoice.Of(configuration, folder));
    }

    internal static IServiceCollection AddDashboardPersistence(this IServiceCollection services, IConfiguration configuration, DataFolder folder, DatabaseChoice choice)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(StartupProblems.None);
        services.AddSingleton(folder);
        services.AddSingleton(choice);
        services.Configure<IdentityOptions>(UsePasskeys);
        services.AddDbContextFactory<DashboardContext>(choice.Configure);
        services.AddSingleton<DatabaseWriter>();
        AddKeyRing(services, configuration);
        services.AddSingleton<ProcessLock>();
        services.AddSingleton<DatabaseUpgrade>();
        services.AddSingleton<DeadLeases>();
        services.AddSingleton(s => new DatabaseStartup(
            s.GetRequiredService<DatabaseUpgrade>(),
            s.GetRequiredService<ProcessLock>(),
            s.GetRequiredService<DeadLeases>(),
            s.GetRequiredService<StartupProblems>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<DatabaseStartup>>()));
        services.AddHostedService(s => s.GetRequiredService<DatabaseStartup>());
        return services;
    }

    /// <summary>Passkeys, from the first migration on.</summary>
    internal static void UsePasskeys(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    private static void AddKeyRing(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDataProtection().SetApplicationName("MailDashboard").PersistKeysToDbContext<DashboardContext>();
        services.AddSingleton(s => new MasterKey(configuration, s.GetRequiredService<DataFolder>()));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SecretProtector>();
        services.AddOptions<KeyManagementOptions>().Configure<MasterKey>((o, key) => o.XmlEncryptor = new MasterKeyXmlEncryptor(key));

        // It would read the ring before the migrations have made its table; KeyRing does the same afterwards.
        foreach (var early in services.Where(d => d.ServiceType == typeof(IHostedService) && d.ImplementationType?.Name == "DataProtectionHostedService").ToList())
        {
            services.Remove(early);
        }
    }
}
