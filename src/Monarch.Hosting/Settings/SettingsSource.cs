using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Settings;

/// <summary>
/// All settings as one source: overrides, over environment variables, over <c>.env</c>, over <c>appsettings.json</c>.
/// An empty value overrides the layers below and counts as not set, so that <c>WEB_PORT=</c> means the default and no feature has to
/// distinguish null from empty. Quotes around a whole value are removed: <c>docker run --env-file</c> keeps them, other readers do not.
/// </summary>
/// <param name="files">The settings of the files.</param>
/// <param name="overrides">Settings that override all others.</param>
/// <param name="defaults">Defaults of the role, for settings that are not set.</param>
sealed class SettingsSource(
    SettingsFiles files,
    IEnumerable<KeyValuePair<string, string?>> overrides,
    IReadOnlyDictionary<string, string?>? defaults = null
) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        var layers = new ConfigurationBuilder()
            .AddInMemoryCollection(files.AppSettings)
            .AddInMemoryCollection(files.DotEnv)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(overrides)
            .Build();
        var set = layers
            .AsEnumerable()
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
    static string? WithoutQuotes(string? value) =>
        value?.Trim() switch
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
