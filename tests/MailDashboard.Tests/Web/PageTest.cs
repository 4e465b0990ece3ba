using System.Globalization;
using Bunit;
using Bunit.TestDoubles;
using MailDashboard.Web.Account;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace MailDashboard.Tests.Web;

/// <summary>What every test of a component needs: our services, a fixed time, and a language.</summary>
public abstract class PageTest : BunitContext
{
    protected PageTest(string language = "en")
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<Announcer>();
        Services.AddSingleton<ReaderClock>();
        Services.AddSingleton<ChangeFailures>();
        Reader = this.AddAuthorization();
        Reader.SetAuthorized("ada@example.org");
        Reader.SetPolicies(Policies.View, Policies.Operate);
    }

    /// <summary>Who reads: somebody who may look and change, unless a test says otherwise.</summary>
    protected BunitAuthorizationContext Reader { get; }

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero));
}
