using MudBlazor;

namespace MailDashboard.Web.Shared;

/// <summary>Asks before what cannot be undone.</summary>
public static class Confirmation
{
    /// <returns>True only where the person confirmed.</returns>
    public static async Task<bool> ConfirmAsync(this IDialogService dialogs, string title, string text, string confirm, bool isDanger = true)
    {
        var parameters = new DialogParameters<ConfirmDialog>
        {
            { d => d.Title, title },
            { d => d.Text, text },
            { d => d.ConfirmText, confirm },
            { d => d.IsDanger, isDanger },
        };
        var options = new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, CloseOnEscapeKey = true, BackdropClick = false };
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(title, parameters, options);
        return await dialog.Result is { Canceled: false };
    }
}
