using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace MailDashboard.Web.Layout;

/// <summary>The frame of every page behind sign-in.</summary>
public sealed partial class MainLayout : IAsyncDisposable
{
    private MudThemeProvider? _themeProvider;
    private ErrorBoundary? _boundary;
    private DotNetObjectReference<MainLayout>? _self;
    private bool _isDark;
    private bool _menuOpen;
    private string? _focusNext;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private ReaderClock Clock { get; set; } = default!;

    [Inject]
    private ReaderTheme Theme { get; set; } = default!;

    [Inject]
    private Announcer Announcer { get; set; } = default!;

    [CascadingParameter]
    private ReaderSettings Reader { get; set; } = default!;

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];

    protected override void OnInitialized()
    {
        Theme.Use(Reader);
        _isDark = Theme.IsDark;
        Clock.Use(Reader.TimeZone);
        Navigation.LocationChanged += OnLocationChanged;
        Theme.Changed += OnThemeChanged;
        Announcer.Changed += OnAnnounced;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusNext is { } selector)
        {
            _focusNext = null;
            await Script.InvokeVoidAsync("maildash.focus", selector);
        }

        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        var browser = await Script.InvokeAsync<BrowserFacts>("maildash.start", _self);
        if (!Clock.IsKnown)
        {
            Clock.Use(browser.TimeZone);
        }

        Theme.SystemIs(browser.Dark);
    }

    /// <summary>The system switched between light and dark while the page was open.</summary>
    [JSInvokable]
    public Task SystemSchemeChangedAsync(bool dark) => InvokeAsync(() => Theme.SystemIs(dark));

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Theme.Changed -= OnThemeChanged;
        Announcer.Changed -= OnAnnounced;
        if (_self is not null)
        {
            try
            {
                await Script.InvokeVoidAsync("maildash.stop");
            }
            catch (JSDisconnectedException)
            {
                // The page is gone, and its script with it.
            }

            _self.Dispose();
        }
    }

    /// <summary>Escape was pressed in the drawer, or the window became wide enough to do without one.</summary>
    [JSInvokable]
    public Task CloseDrawerAsync() => InvokeAsync(() =>
    {
        CloseMenu();
        StateHasChanged();
    });

    // While the drawer is open everything else is inert, which is what keeps the focus in it.
    private void ToggleMenu() => (_menuOpen, _focusNext) = (!_menuOpen, _menuOpen ? "#menu-button" : "#navigation a");

    private void CloseMenu()
    {
        if (_menuOpen)
        {
            ToggleMenu();
        }
    }

    private void Recover() => _boundary?.Recover();

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() =>
    {
        if (_menuOpen)
        {
            // The title could not take the focus while the page was inert.
            (_menuOpen, _focusNext) = (false, "h1");
        }

        _boundary?.Recover();
        StateHasChanged();
    });

    private void OnThemeChanged() => _ = InvokeAsync(() =>
    {
        _isDark = Theme.IsDark;
        StateHasChanged();
    });

    private void OnAnnounced() => _ = InvokeAsync(StateHasChanged);

    private sealed record BrowserFacts(string? TimeZone, bool Dark);
}
