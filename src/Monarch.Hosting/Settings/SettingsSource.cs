using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Settings;

/// <summary>
/// All settings as one source: overrides, over environment variables, over <c>.env</c>, over <c>appsettings.json</c>.
/// An empty value hides the layers below and counts as not set, so that <c>WEB_PORT=</c> means the default and no feature need
/// tell null from empty. Quotes around a whole value are left out: <c>docker run --env-file</c> keeps them, other readers of such files do not.
/// </summary>
/// <param name="files">What the files say.</param>
/// <param name="overrides">Settings that win over all others.</param>
/// <param name="defaults">Values of settings that are not set, where a role has others than the options' own.</param>
sealed class SettingsSource(
    SettingsFiles files, IEnumerable<KeyValuePair<string, string?>> overrides, IReadOnlyDictionary<string, string?>? defaults = null) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        var layers = new ConfigurationBuilder()
            .AddInMemoryCollection(files.AppSettings)
            .AddInMemoryCollection(files.DotEnv)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(overrides)
            .Build();
        var set = layers.AsEnumerable()
            .Select(setting => KeyValuePair.Create(setting.Key, WithoutQuotes(setting.Value)))
            .Where(setting => !string.IsNullOrWhiteSpace(setting.Value))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in defaults ?? new Dictionary<string, string?>())
        {
            set.TryAdd(key, value);
        }

        return new Provider(set);
    }

    // A quote inside belongs to the value: "/opt/a b" "c" is a command.
    static string? WithoutQuotes(string? value) => value?.Trim() switch
    {
        ['"', .. var text, '"'] when !text.Contains('"') => text,
        ['\'', .. var text, '\''] when !text.Contains('\'') => text,
        _ => value,
    };

    sealed class Provider : ConfigurationProvider
    {
        public Provider(IDictionary<string, string?> settings) => Data = settings;
    }
}
