using System.Collections.Immutable;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace MailDashboard.Web.Toolbox;

/// <summary>What about this one, now? One box that understands what was pasted.</summary>
public sealed partial class ToolboxPage
{
    private const int MostRows = 12;

    private readonly CancellationTokenSource _gone = new();
    private ImmutableArray<ToolboxResult> _results = [];
    private ElementReference _box;
    private CancellationTokenSource? _run;
    private ToolboxRequest? _request;
    private ToolboxInput _input = ToolboxInput.Recognise("");
    private string _recognised = "";
    private string _text = "";
    private string? _problem;
    private string? _asked;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IToolboxAccess Access { get; set; } = default!;

    [Inject]
    private ToolboxRunner Runner { get; set; } = default!;

    [Inject]
    private Announcer Announcer { get; set; } = default!;

    private bool IsRunning => _results.Any(r => r.IsRunning);

    private int Rows => Math.Clamp(_text.AsSpan().Count('\n') + 1, 1, MostRows);

    private ToolboxInput Input
    {
        get
        {
            if (_recognised != _text)
            {
                (_input, _recognised) = (ToolboxInput.Recognise(_text), _text);
            }

            return _input;
        }
    }

    private ImmutableArray<ToolboxTool> Fitting => ToolboxTools.Fitting(Input);

    private string KindSentence => L[$"Kind.{Input.Kind}"];

    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        _gone.Cancel();
        _gone.Dispose();
        _run?.Dispose();
    }

    /// <summary>
    /// The address is the question: a new one asks anew, whoever made it. Not left to the parameters, of which the page has none: where it
    /// stays on the screen it is not told of a new address otherwise.
    /// </summary>
    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        return ReadAddressAsync();
    }

    /// <summary>Whoever comes without a question comes to type one; where there is an answer, reading begins at the top as on every page.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && _text.Length == 0 && _results.IsEmpty)
        {
            await _box.FocusAsync(preventScroll: true);
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(async () =>
    {
        try
        {
            if (!_gone.IsCancellationRequested && new Uri(moved.Location).AbsolutePath == new Uri(_asked!).AbsolutePath)
            {
                await ReadAddressAsync();
                StateHasChanged();
            }
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    });

    private Task ReadAddressAsync()
    {
        if (_asked == Navigation.Uri)
        {
            return Task.CompletedTask;
        }

        _asked = Navigation.Uri;
        var request = ToolboxRequest.Of(new Uri(Navigation.Uri));
        _text = request.Text;
        return RunAsync(request);
    }

    private Task SubmitAsync()
    {
        if (ToolboxAdvice.BeforeAsking(Input) is not { } problem)
        {
            return AskAsync(new ToolboxRequest(_text.Trim()));
        }

        _run?.Cancel();
        (_request, _results, _problem) = (null, [], L[problem]);
        return Task.CompletedTask;
    }

    private async Task AskAsync(ToolboxRequest request)
    {
        var uri = request.ToUri() is { } relative ? Navigation.ToAbsoluteUri(relative).AbsoluteUri : null;
        if (uri is null || uri == Navigation.Uri)
        {
            // The same again, or too long for an address.
            await RunAsync(request);
            return;
        }

        Navigation.NavigateTo(uri);
    }

    private void Stop() => _run?.Cancel();

    private async Task RunAsync(ToolboxRequest request)
    {
        _run?.Cancel();
        var run = _run = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        var plan = ToolboxPlan.Of(request);
        (_request, _results) = (request, []);
        _problem = plan.Problem is { } problem ? L[problem].Value : null;
        if (plan.Results.IsEmpty)
        {
            return;
        }

        if (await Access.EnterAsync(run.Token) is { } wait)
        {
            _problem = L["Problem.TooMany", ToolboxLimits.RunsPerMinute, Math.Ceiling(wait.TotalSeconds)];
            return;
        }

        _results = plan.Results;
        try
        {
            await Runner.RunAsync(plan.Results, UpdateAsync, run.Token);
        }
        catch (ObjectDisposedException)
        {
            // The person went elsewhere.
            return;
        }

        if (!run.IsCancellationRequested)
        {
            Announcer.Say(L["Done"]);
        }
    }

    private Task UpdateAsync(Action change) => InvokeAsync(() =>
    {
        change();
        StateHasChanged();
    });
}
