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

    private static readonly HashSet<string> OtherArchives = ["rar", "7z", "gz", "tgz", "bz2", "xz", "tar", "ace", "arj", "lzh", "z"];

    public static AttachmentTraits Of(string name, ReadOnlySpan<byte> start)
    {
        // Trailing blanks and dots are dropped by Windows: "a.exe ." is a program.
        var endings = name.Trim(' ', '.').Split('.').Select(p => p.Trim().ToLowerInvariant()).ToArray();
        var last = endings.Length > 1 ? endings[^1] : "";
        var traits = AttachmentTraits.None;
        if (Programs.Contains(last))
        {
            traits |= AttachmentTraits.Program;
            traits |= endings.Length > 2 && Harmless.Contains(endings[^2]) ? AttachmentTraits.DoubleEnding : AttachmentTraits.None;
        }

        traits |= Macros.Contains(last) ? AttachmentTraits.Macros : AttachmentTraits.None;
        traits |= IsProgram(start) ? AttachmentTraits.ProgramOctets : AttachmentTraits.None;
        return traits | (OtherArchives.Contains(last) || IsOtherArchive(start) ? AttachmentTraits.Unlisted : AttachmentTraits.None);
    }

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

    private static bool IsOtherArchive(ReadOnlySpan<byte> start) =>
        start is [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] or [(byte)'7', (byte)'z', 0xbc, 0xaf, ..] or [0x1f, 0x8b, 8, ..] or [(byte)'B', (byte)'Z', (byte)'h', ..] or [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..];
}
