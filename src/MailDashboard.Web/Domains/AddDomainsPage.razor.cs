using System.Globalization;
using System.Text;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MailDashboard.Web.Domains;

/// <summary>Adds one domain, or many; a single one that is right leads straight to its page.</summary>
public sealed partial class AddDomainsPage
{
    private const long LargestFile = 5 * 1024 * 1024;

    private string _text = "";
    private string _tags = "";
    private string? _problem;
    private bool _busy;
    private IReadOnlyList<ImportLine>? _report;

    [Inject]
    private DomainImport Import { get; set; } = default!;

    [Inject]
    private DomainDirectory Directory { get; set; } = default!;

    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private async Task SubmitAsync()
    {
        var rows = DomainImportReader.Read(_text);
        _problem = rows.Count switch
        {
            0 => L["Add.Nothing"].Value,
            > DomainImport.MostLines => L["Add.TooMany", DomainImport.MostLines.ToString("N0", CultureInfo.CurrentCulture)].Value,
            _ => null,
        };
        if (_problem is not null || _busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await Authorizer.DemandAsync(Policies.Operate);
            var tags = _tags.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var tagged = rows.Select(r => r with { Draft = r.Draft with { Tags = [.. r.Draft.Tags, .. tags] } }).ToList();
            if (tagged is [var only])
            {
                await AddOneAsync(only);
            }
            else
            {
                _report = await Import.AddAsync(tagged, CancellationToken.None);
            }
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            _problem = L["Add.Database", Failures.Say(e)];
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task AddOneAsync(ImportRow row)
    {
        switch (await Directory.AddAsync(row.Name, row.Draft, CancellationToken.None))
        {
            case DomainChange.Done done:
                Navigation.NavigateTo($"domains/{done.Id}");
                break;
            case DomainChange.Duplicate duplicate:
                _problem = L["Import.Duplicate", duplicate.Name.Display];
                break;
            case DomainChange.BadName bad:
                _problem = DomainProblems.Sentence(L, bad.Problem, bad.Suggestion);
                break;
            case DomainChange.BadDraft bad:
                _problem = string.Join(' ', bad.Problems.Select(p => DomainProblems.Sentence(L, p)));
                break;
        }
    }

    private async Task ReadFileAsync(InputFileChangeEventArgs e)
    {
        _problem = null;
        if (e.File.Size > LargestFile)
        {
            _problem = L["Add.FileTooLarge"];
            return;
        }

        using var reader = new StreamReader(e.File.OpenReadStream(LargestFile), Encoding.UTF8);
        var read = await reader.ReadToEndAsync();
        _text = _text.Length == 0 ? read : _text.TrimEnd() + "\n" + read;
    }

    /// <summary>Goes back to the form with the lines that were not taken, ready to be mended.</summary>
    private void Again()
    {
        _text = string.Join('\n', _report!.Where(l => l.Result is ImportResult.BadName or ImportResult.BadField).Select(l => l.Text));
        _report = null;
    }
}
