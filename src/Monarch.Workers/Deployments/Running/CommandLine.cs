using System.Text;

namespace Monarch.Workers.Deployments.Running;

/// <summary>
/// Splits a command into arguments at whitespace. 'Single' and "double" quotes group words; inside double quotes <c>\"</c> and
/// <c>\\</c> are a quote and a backslash. Nothing else is special: no variables, no wildcards.
/// </summary>
static class CommandLine
{
    const string Harmless = "_@%+=:,./-";

    /// <returns>False when a quote is not closed.</returns>
    public static bool TrySplit(string command, out List<string> arguments)
    {
        arguments = [];
        var argument = new StringBuilder();
        var (hasArgument, quote) = (false, '\0');
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Add(arguments, argument, ref hasArgument);
            }
            else if (quote == '\0' ? c is '\'' or '"' : c == quote)
            {
                (quote, hasArgument) = (quote == '\0' ? c : '\0', true);
            }
            else
            {
                var isEscape = quote == '"' && c == '\\' && i + 1 < command.Length && command[i + 1] is '"' or '\\';
                argument.Append(isEscape ? command[++i] : c);
                hasArgument = true;
            }
        }

        Add(arguments, argument, ref hasArgument);
        return quote == '\0';
    }

    /// <summary>The command line that a person would type, here or in a shell: quoted where necessary.</summary>
    public static string Text(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quoted));

    static void Add(List<string> arguments, StringBuilder argument, ref bool hasArgument)
    {
        if (hasArgument)
        {
            arguments.Add(argument.ToString());
        }

        argument.Clear();
        hasArgument = false;
    }

    static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || Harmless.Contains(c, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";
}
