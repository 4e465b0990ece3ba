namespace MailDashboard.Checks.Probing.Dns.Wire;

/// <summary>Reads a response. Never throws; null is a message that cannot be read.</summary>
internal static class DnsMessageReader
{
    private const ushort Internet = 1;
    private const ushort Opt = 41;

    /// <summary>The whole message, or null.</summary>
    public static DnsMessage? Read(ReadOnlySpan<byte> bytes)
    {
        var cursor = new DnsCursor(bytes);
        var id = cursor.UInt16();
        var flags = cursor.UInt16();
        var questions = cursor.UInt16();
        var answers = cursor.UInt16();
        var authorities = cursor.UInt16();
        var additionals = cursor.UInt16();
        if (cursor.HasFailed || questions > 1)
        {
            return null;
        }

        var message = new DnsMessage { Id = id, Flags = flags, ResponseCode = flags & 0xF };
        if (questions == 1)
        {
            var question = new DnsQuestion(cursor.Name(), (DnsRecordType)cursor.UInt16());
            if (cursor.UInt16() != Internet || cursor.HasFailed)
            {
                return null;
            }

            message = message with { Question = question };
        }

        if (message.IsTruncated)
        {
            // What is in a truncated message is of no use: the question goes over TCP.
            return message;
        }

        var records = Answers(ref cursor, answers);
        message = Authorities(ref cursor, authorities, message with { Answers = records });
        message = Additionals(ref cursor, additionals, message);
        return cursor.HasFailed ? null : message;
    }

    private static List<TypedRecord> Answers(ref DnsCursor cursor, int count)
    {
        var records = new List<TypedRecord>(Math.Min(count, 64));
        for (var i = 0; i < count && !cursor.HasFailed; i++)
        {
            var head = RecordHead.Read(ref cursor);
            var end = cursor.Position + head.Length;
            if (head.Class != Internet)
            {
                cursor.Take(head.Length);
                continue;
            }

            records.Add(new TypedRecord(head.Type, RecordData.Read(ref cursor, head)));
            if (cursor.Position != end)
            {
                cursor.Fail();
            }
        }

        return records;
    }

    private static DnsMessage Authorities(ref DnsCursor cursor, int count, DnsMessage message)
    {
        for (var i = 0; i < count && !cursor.HasFailed; i++)
        {
            var head = RecordHead.Read(ref cursor);
            if (head.Type != DnsRecordType.SOA || head.Class != Internet)
            {
                message = head.Type == DnsRecordType.NS ? message with { NamesServers = true } : message;
                cursor.Take(head.Length);
                continue;
            }

            var end = cursor.Position + head.Length;
            message = message with { Authority = RecordData.Read(ref cursor, head) as SoaRecord };
            if (cursor.Position != end)
            {
                cursor.Fail();
            }
        }

        return message;
    }

    private static DnsMessage Additionals(ref DnsCursor cursor, int count, DnsMessage message)
    {
        for (var i = 0; i < count && !cursor.HasFailed; i++)
        {
            var head = RecordHead.Read(ref cursor);
            var data = cursor.Take(head.Length);
            if ((ushort)head.Type == Opt && head.Name.Length == 0 && !cursor.HasFailed)
            {
                message = message with
                {
                    ResponseCode = (int)(head.RawTtl >> 24 << 4) | (message.Flags & 0xF),
                    ExtendedError = Wire.ExtendedError.Read(data),
                };
            }
        }

        return message;
    }
}
