using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MailDashboard.Web.Alerts;

/// <summary>One rule: what it tells of, where, and how; and what it would have told lately.</summary>
public sealed partial class RulePage
{
    private RuleForm? _form;
    private string? _preset;
    private IReadOnlyList<(int Id, string Name, ChannelKind Kind)> _channels = [];
    private IReadOnlyList<RuleProblem> _problems = [];
    private RulePreviewResult? _preview;
    private bool _gone;

    [Parameter]
    public int? Id { get; set; }

    [Inject]
    private RuleStore Store { get; set; } = default!;

    [Inject]
    private RulePreview Preview { get; set; } = default!;

    [Inject]
    private ReaderClock Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    protected override string Policy => Policies.Operate;

    private string Title => Id is null ? L["Rule.New"] : AlertWords.Rule(L, string.IsNullOrWhiteSpace(_form?.Name) ? null : _form.Name, _preset);

    protected override string Failed(string what) => L["Change.Database", what];

    protected override async Task OnParametersSetAsync()
    {
        _channels = await Store.ChannelsAsync(CancellationToken.None);
        if (Id is { } id)
        {
            var rule = await Store.ReadAsync(id, CancellationToken.None);
            (_gone, _preset) = (rule is null, rule?.Preset);
            _form = rule is null ? null : new RuleForm(rule.ToDraft(), Clock.Zone.Id);
            return;
        }

        _form = new RuleForm(new RuleDraft("", true, new RuleTerms { Topic = RuleTopic.Finding, MinimumSeverity = Checks.Severity.Error }, [.. _channels.Take(1).Select(c => c.Id)]), Clock.Zone.Id);
    }

    private void Choose(int channel, bool isChosen)
    {
        if (isChosen)
        {
            _form!.Channels.Add(channel);
        }
        else
        {
            _form!.Channels.Remove(channel);
        }
    }

    private IReadOnlyList<string> All(string field) => [.. _problems.Where(p => p.Field == field).Select(p => L[$"Fault.{p.Fault}", p.Value].Value)];

    private string? For(string field) => All(field) is { Count: > 0 } sentences ? string.Join(' ', sentences) : null;

    private Task SaveAsync() => ChangeAsync(async () =>
    {
        var (id, problems) = await Store.SaveAsync(Id, _form!.ToDraft(), CancellationToken.None);
        _problems = problems;
        if (problems.Count > 0)
        {
            return;
        }

        if (id is null)
        {
            _gone = true;
            return;
        }

        Snackbar.Add(L["Rule.Saved"], MudBlazor.Severity.Success);
        Navigation.NavigateTo("alerts/rules");
    });

    private Task PreviewAsync() => ChangeAsync(async () =>
    {
        var draft = _form!.ToDraft();
        _problems = RuleDrafts.Check(draft with { ChannelIds = [0] }, hasPreset: true);
        _preview = _problems.Count > 0 ? null : await Preview.PlayAsync(RuleDrafts.Normalise(draft.Terms), CancellationToken.None);
    });

    private async Task DeleteAsync()
    {
        if (await Dialogs.ConfirmAsync(L["Rule.Delete.Title", Title], L["Rule.Delete.Text"], L["Rule.Delete"]))
        {
            await ChangeAsync(async () =>
            {
                await Store.DeleteAsync(Id!.Value, CancellationToken.None);
                Snackbar.Add(L["Rule.Deleted"], MudBlazor.Severity.Success);
                Navigation.NavigateTo("alerts/rules");
            });
        }
    }
}
