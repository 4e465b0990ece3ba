using MudBlazor;

namespace MailDashboard.Web.Layout;

/// <summary>Our colours over MudBlazor, the same values as in <c>app.css</c>: a quiet ground, one accent, the severity scale.</summary>
public static class DashboardTheme
{
    private const string Radius = "8px";
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Ubuntu", "Cantarell", "sans-serif"];

    public static MudTheme Instance { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#14616f", PrimaryContrastText = "#ffffff",
            Secondary = "#4a5c6c", SecondaryContrastText = "#ffffff",
            Tertiary = "#14616f",
            Info = "#2f6fb3", Success = "#1f7a4d", Warning = "#9a6700", Error = "#b3261e",
            Background = "#f5f6f8", BackgroundGray = "#eceff2", Surface = "#ffffff",
            TextPrimary = "#1a242e", TextSecondary = "#51606e", TextDisabled = "#7d8a96",
            ActionDefault = "#51606e", ActionDisabled = "#9aa5af",
            AppbarBackground = "#ffffff", AppbarText = "#1a242e",
            DrawerBackground = "#ffffff", DrawerText = "#1a242e", DrawerIcon = "#51606e",
            LinesDefault = "#dfe4e9", LinesInputs = "#84919d", TableLines = "#e6eaee", Divider = "#dfe4e9",
            TableHover = "#f0f3f5", TableStriped = "#f8f9fa",
            HoverOpacity = 0.06,
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#63c3d1", PrimaryContrastText = "#07242a",
            Secondary = "#9fb0c1", SecondaryContrastText = "#12181d",
            Tertiary = "#63c3d1",
            Info = "#82b5ea", Success = "#62c292", Warning = "#ddb04a", Error = "#f2867e",
            InfoContrastText = "#0b1a2a", SuccessContrastText = "#06210f", WarningContrastText = "#241a02", ErrorContrastText = "#2b0806",
            Background = "#11171c", BackgroundGray = "#1f2830", Surface = "#182027",
            TextPrimary = "#e4eaef", TextSecondary = "#a3b1be", TextDisabled = "#75838f",
            ActionDefault = "#a3b1be", ActionDisabled = "#5d6a76",
            AppbarBackground = "#182027", AppbarText = "#e4eaef",
            DrawerBackground = "#182027", DrawerText = "#e4eaef", DrawerIcon = "#a3b1be",
            LinesDefault = "#2c3741", LinesInputs = "#6f7e8b", TableLines = "#27313a", Divider = "#2c3741",
            TableHover = "#1f2830", TableStriped = "#1b242b",
            HoverOpacity = 0.08,
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = Radius },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "0.9375rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
        },
    };
}
