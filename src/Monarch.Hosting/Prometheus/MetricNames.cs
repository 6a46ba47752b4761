using System.Text;

namespace Monarch.Hosting.Prometheus;

/// <summary>Names and units as Prometheus wants them: base units, spelled out, at the end of the name.</summary>
static class MetricNames
{
    public static string Of(string name, string? unit, string type)
    {
        var result = Clean(name, allowColon: true);
        if (type == MetricTypes.Counter && result.EndsWith("_total", StringComparison.Ordinal))
            result = result[..^"_total".Length];
        // _count belongs to histograms.
        if (type == MetricTypes.Gauge && result.EndsWith("_count", StringComparison.Ordinal))
            result = $"{result[..^"_count".Length]}s";
        var suffix = Suffix(unit, type);
        return suffix.Length == 0 || result.EndsWith($"_{suffix}", StringComparison.Ordinal) ? result : $"{result}_{suffix}";
    }

    /// <summary>What a value in this unit is divided by to be in the unit of its name.</summary>
    public static double Divisor(string? unit) => unit == "ms" ? 1000 : 1;

    /// <summary>Letters, digits and underscores only, no digit first.</summary>
    public static string Clean(string name, bool allowColon = false)
    {
        var result = new StringBuilder(name.Length + 1);
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            result.Append('_');
        foreach (var c in name)
            result.Append(char.IsAsciiLetterOrDigit(c) || (allowColon && c == ':') ? c : '_');
        return result.ToString();
    }

    static string Suffix(string? unit, string type) => unit switch
    {
        null or "" or "ea" => "",
        "1" => type == MetricTypes.Gauge ? "ratio" : "",
        "s" or "ms" => "seconds",
        "By" => "bytes",
        "%" => "percent",
        // {issue}, {request}: an annotation, not a unit.
        ['{', ..] => "",
        _ => Clean(unit).Trim('_'),
    };
}
