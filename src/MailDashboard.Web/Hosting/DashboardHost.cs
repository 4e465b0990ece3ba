using MailDashboard.Monitoring;
using MailDashboard.Web.Account;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Settings;
using MailDashboard.Web.Setup;
using MailDashboard.Web.Shared;
using MailDashboard.Web.Toolbox;
using MudBlazor;
using MudBlazor.Services;

namespace MailDashboard.Web.Hosting;

/// <summary>Puts the parts together.</summary>
internal static class DashboardHost
{
    /// <summary>
    /// What a browser may send at once, in bytes. The default of 32 kB ends the session of who pastes a thousand domains;
    /// only who is signed in gets this far.
    /// </summary>
    private const long LargestMessage = 8 * 1024 * 1024;

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // The folder of the program and not the one it was started from: there are its settings and its static files.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        ListenAddresses.UseDefault(builder);
        Configure(builder.Services, builder.Configuration);
        return builder;
    }

    private static void Configure(IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(Languages.Configure);
        services.Configure<ForwardedHeadersOptions>(options => Proxies.Configure(options, configuration));
        services.AddHttpContextAccessor();
        services.AddPeople();
        services.AddSignInLimits();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "maildash.antiforgery";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = SameSiteMode.Lax;
        });
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LargestMessage);
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            options.SnackbarConfiguration.PreventDuplicates = true;
            options.SnackbarConfiguration.VisibleStateDuration = 6000;
        });
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [HealthEndpoints.Ready]);
        services.AddSingleton<SetupToken>();
        services.AddSingleton<FirstAdministrator>();
        services.AddScoped<ReaderTheme>();
        services.AddScoped<Announcer>();
        services.AddScoped<SearchIndex>();
        services.AddScoped<ConnectionTrial>();
        services.AddScoped<ReaderClock>();
        services.AddScoped<ChangeFailures>();
        services.AddSingleton<ToolboxLimits>();
        services.AddScoped<IToolboxAccess, ToolboxAccess>();
        services.AddScoped<ToolboxRunner>();
        services.AddHostedService<StartupMessage>();

        // Last: it takes out the early load of the key ring that the parts above register.
        services.AddDashboardMonitoring(configuration);
    }
}
