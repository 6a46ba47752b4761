using System.Collections;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>The environment of a supervisor and its command: the allowed variables of this process, without secrets.</summary>
sealed class SupervisorEnvironment
{
    readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    readonly List<string> _own = [];

    /// <param name="allowed">The names of the variables that the command inherits.</param>
    public SupervisorEnvironment(IReadOnlyCollection<string> allowed)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var (name, value) = ((string)variable.Key, (string?)variable.Value ?? "");
            if (allowed.Contains(name, StringComparer.Ordinal))
            {
                _variables[name] = value;
            }
            else if (name.StartsWith("DOTNET_ROOT", StringComparison.Ordinal))
            {
                // The location of .NET.
                AddOwn(name, value);
            }
        }

        // The supervisor needs no background collection, and no diagnostics socket, which would be left behind when it kills itself.
        AddOwn("DOTNET_gcConcurrent", "0");
        AddOwn("DOTNET_EnableDiagnostics", "0");
    }

    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>The names of the supervisor's own variables, which the command does not inherit.</summary>
    public IReadOnlyList<string> Own => _own;

    void AddOwn(string name, string value)
    {
        if (_variables.TryAdd(name, value))
        {
            _own.Add(name);
        }
    }
}
