using System.Collections;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>The environment of a supervisor and its command: of this process' variables those that are allowed, so that no secret is among them.</summary>
sealed class SupervisorEnvironment
{
    readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    readonly List<string> _own = [];

    /// <param name="allowed">The names of the variables that the command sees.</param>
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
                // Where .NET is.
                AddOwn(name, value);
            }
        }

        // It has little to do: no thread to collect in the background, and no socket that would be left behind when it kills itself.
        AddOwn("DOTNET_gcConcurrent", "0");
        AddOwn("DOTNET_EnableDiagnostics", "0");
    }

    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>The names of those that are the supervisor's only.</summary>
    public IReadOnlyList<string> Own => _own;

    void AddOwn(string name, string value)
    {
        if (_variables.TryAdd(name, value))
        {
            _own.Add(name);
        }
    }
}
