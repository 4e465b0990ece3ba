namespace MailDashboard.Mail.Messages.Content;

/// <summary>What a file's name and first octets tell.</summary>
internal static class FileNames
{
    /// <summary>Endings that large mailbox providers refuse: programs, scripts, shortcuts, disk images.</summary>
    private static readonly HashSet<string> Programs =
    [
        "ade", "adp", "apk", "appx", "appxbundle", "bat", "cab", "chm", "cmd", "com", "cpl", "diagcab", "diagcfg", "dll", "dmg", "ex", "exe", "gadget", "hta", "img", "inf", "ins",
        "iso", "isp", "jar", "jnlp", "js", "jse", "lib", "lnk", "mde", "msc", "msi", "msix", "msp", "mst", "nsh", "pif", "ps1", "psm1", "reg", "scf", "scr", "sct", "shb", "sys", "url", "vb", "vbe",
        "vbs", "vhd", "vhdx", "vxd", "wsc", "wsf", "wsh", "xll",
    ];

    private static readonly HashSet<string> Macros = ["docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam", "sldm"];

    private static readonly HashSet<string> Harmless =
        ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "rtf", "csv", "jpg", "jpeg", "png", "gif", "mp3", "mp4", "html", "htm", "odt", "ods", "zip"];

    public static AttachmentTraits Of(string name, ReadOnlySpan<byte> start)
    {
        var endings = Endings(name);
        var last = endings.Length > 1 ? endings[^1] : "";
        var traits = AttachmentTraits.None;
        if (Programs.Contains(last))
        {
            traits |= AttachmentTraits.Program;
            traits |= endings.Length > 2 && Harmless.Contains(endings[^2]) ? AttachmentTraits.DoubleEnding : AttachmentTraits.None;
        }

        traits |= Macros.Contains(last) ? AttachmentTraits.Macros : AttachmentTraits.None;
        return traits | (IsProgram(start) ? AttachmentTraits.ProgramOctets : AttachmentTraits.None);
    }

    /// <summary>The last ending, lower case; empty where there is none.</summary>
    public static string Ending(string name) => Endings(name) is { Length: > 1 } endings ? endings[^1] : "";

    /// <summary>Trailing blanks and dots are dropped by Windows: "a.exe ." is a program.</summary>
    private static string[] Endings(string name) => [.. name.Trim(' ', '.').Split('.').Select(p => p.Trim().ToLowerInvariant())];

    /// <summary>Windows (MZ … PE), ELF, Mach-O.</summary>
    private static bool IsProgram(ReadOnlySpan<byte> start)
    {
        if (start is [0x7f, (byte)'E', (byte)'L', (byte)'F', ..] or [0xcf or 0xce, 0xfa, 0xed, 0xfe, ..] or [0xfe, 0xed, 0xfa, 0xce or 0xcf, ..])
        {
            return true;
        }

        return start is [(byte)'M', (byte)'Z', ..] && start.Length >= 64
            && System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(start[60..]) is >= 64 and < 4096;
    }
}
