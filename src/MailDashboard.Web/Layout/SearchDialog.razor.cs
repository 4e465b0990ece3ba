using MailDashboard.Monitoring.Persistence;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace MailDashboard.Web.Layout;

/// <summary>One box that finds domains and pages; arrows choose, Enter goes.</summary>
public sealed partial class SearchDialog : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<SearchResult> _results = [];
    private string _text = "";
    private int _selected;
    private int _asked;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private SearchIndex Index { get; set; } = default!;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override Task OnInitializedAsync() => SearchAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // After the dialog's own trap, which takes the focus a moment later than this.
            await Script.InvokeVoidAsync("maildash.focusInDialog", "search-input");
        }
    }

    private async Task SearchAsync()
    {
        var asked = ++_asked;
        try
        {
            var results = await Index.FindAsync(_text, (await Authentication).User, _closed.Token);

            // An answer to what was typed before must not replace a newer one.
            if (asked == _asked)
            {
                (_results, _selected) = (results, 0);
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            // The page behind says so; here nothing is found.
            (_results, _selected) = ([], 0);
        }
    }

    private void OnKey(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "ArrowDown" when _results.Count > 0:
                _selected = (_selected + 1) % _results.Count;
                break;
            case "ArrowUp" when _results.Count > 0:
                _selected = (_selected - 1 + _results.Count) % _results.Count;
                break;
            case "Enter" when _results.Count > _selected:
                Go(_results[_selected]);
                break;
        }
    }

    private void Go(SearchResult result)
    {
        Dialog.Close();
        Navigation.NavigateTo(result.Href);
    }
}
