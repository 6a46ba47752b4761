using System.Globalization;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>The command line of a supervisor.</summary>
/// <param name="Until">The first deadline, in the ticks of <see cref="System.Diagnostics.Stopwatch"/>, which all processes of a machine
/// share.</param>
/// <param name="Report">The descriptor to write the <see cref="SupervisorReport"/> to; null for none.</param>
/// <param name="Without">The environment variables that the command does not inherit.</param>
/// <param name="Command">The program and its arguments.</param>
sealed record SupervisorArguments(long Until, int? Report, IReadOnlyList<string> Without, IReadOnlyList<string> Command)
{
    const string UntilOption = "--until";
    const string ReportOption = "--report";
    const string WithoutOption = "--without";
    const string CommandFollows = "--";

    public IReadOnlyList<string> ToArguments() =>
        [
            UntilOption,
            Until.ToString(CultureInfo.InvariantCulture),
            .. Report is { } report ? new[] { ReportOption, report.ToString(CultureInfo.InvariantCulture) } : [],
            .. Without.Count > 0 ? new[] { WithoutOption, string.Join(',', Without) } : [],
            CommandFollows,
            .. Command,
        ];

    /// <returns>Null when the arguments are not in the form of <see cref="ToArguments"/>.</returns>
    public static SupervisorArguments? Parse(string[] arguments)
    {
        var parsed = new SupervisorArguments(0, null, [], []);
        while (true)
        {
            switch (arguments)
            {
                case [UntilOption, var text, .. var rest]
                    when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var until):
                    (parsed, arguments) = (parsed with { Until = until }, rest);
                    break;
                case [ReportOption, var text, .. var rest]
                    when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var report):
                    (parsed, arguments) = (parsed with { Report = report }, rest);
                    break;
                case [WithoutOption, var names, .. var rest]:
                    (parsed, arguments) = (parsed with { Without = names.Split(',') }, rest);
                    break;
                case [CommandFollows, _, ..] when parsed.Until > 0:
                    return parsed with { Command = arguments[1..] };
                default:
                    return null;
            }
        }
    }
}
