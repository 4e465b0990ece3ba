using System.Text.Json;

namespace MailDashboard.Checks.Blocklists;

/// <summary>Reads the fields of one JSON object, noting what is wrong instead of stopping at it.</summary>
internal sealed class JsonFields(JsonElement element, string where, List<string> problems)
{
    private const int MaximumText = 2000;

    public List<string> Problems => problems;

    public void Problem(string field, string what)
    {
        // A file that is wrong throughout says enough with its first hundred.
        if (problems.Count < 100)
        {
            problems.Add($"{where}: {field}: {what}.");
        }
    }

    public bool Has(string field) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out _);

    public bool IsNull(string field) => Has(field) && element.GetProperty(field).ValueKind == JsonValueKind.Null;

    public string Required(string field)
    {
        var text = Optional(field);
        if (string.IsNullOrWhiteSpace(text))
        {
            Problem(field, "is missing");
        }

        return text ?? "";
    }

    public string? Optional(string field)
    {
        if (!Has(field) || IsNull(field))
        {
            return null;
        }

        var value = element.GetProperty(field);
        if (value.ValueKind != JsonValueKind.String)
        {
            Problem(field, "must be a text");
            return null;
        }

        var text = value.GetString()!;
        if (text.Length > MaximumText || text.Any(char.IsControl))
        {
            Problem(field, "is too long or has control characters");
            return null;
        }

        return text;
    }

    public bool Flag(string field, bool otherwise)
    {
        if (!Has(field))
        {
            return otherwise;
        }

        var value = element.GetProperty(field);
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Problem(field, "must be true or false");
            return otherwise;
        }

        return value.GetBoolean();
    }

    /// <summary>A whole number; <paramref name="least"/> where it is none.</summary>
    public int Number(string field, int least)
    {
        if (Has(field) && element.GetProperty(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number >= least)
        {
            return number;
        }

        Problem(field, $"must be a whole number of at least {least}");
        return least;
    }

    public string? Url(string field)
    {
        var text = Optional(field);
        if (text is not null && !(Uri.TryCreate(text.Replace("{subject}", "x", StringComparison.Ordinal), UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
        {
            Problem(field, "must be an http or https address");
            return null;
        }

        return text;
    }

    public TEnum? Word<TEnum>(string field)
        where TEnum : struct, Enum
    {
        var text = Optional(field);
        if (text is null)
        {
            return null;
        }

        // TryParse also takes numbers and combinations, which nobody means here.
        if (text.All(char.IsLetterOrDigit) && !char.IsDigit(text, 0) && Enum.TryParse<TEnum>(text, ignoreCase: true, out var value))
        {
            return value;
        }

        Problem(field, $"\"{text}\" is none of {string.Join(", ", Enum.GetNames<TEnum>()).ToLowerInvariant()}");
        return null;
    }

    public IReadOnlyList<string> Strings(string field)
    {
        var texts = new List<string>();
        foreach (var item in Items(field))
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 and <= 255 } text)
            {
                texts.Add(text);
            }
            else
            {
                Problem(field, "must hold texts only");
            }
        }

        return texts;
    }

    public IReadOnlyList<JsonFields> Objects(string field)
    {
        var objects = new List<JsonFields>();
        foreach (var item in Items(field))
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                Problem(field, "must hold objects only");
                continue;
            }

            var id = item.TryGetProperty("id", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
            objects.Add(new JsonFields(item, id is { Length: > 0 and <= 100 } ? id : $"{where}, {field}[{objects.Count}]", problems));
        }

        return objects;
    }

    public JsonFields? Object(string field)
    {
        if (!Has(field) || IsNull(field))
        {
            return null;
        }

        if (element.GetProperty(field).ValueKind == JsonValueKind.Object)
        {
            return new JsonFields(element.GetProperty(field), $"{where}, {field}", problems);
        }

        Problem(field, "must be an object");
        return null;
    }

    private JsonElement.ArrayEnumerator Items(string field)
    {
        if (!Has(field))
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                Problem(field, "is missing: this is no JSON object");
            }

            return default;
        }

        var value = element.GetProperty(field);
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray();
        }

        Problem(field, "must be an array");
        return default;
    }
}
