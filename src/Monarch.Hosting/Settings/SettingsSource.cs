using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Settings;

/// <summary>
/// All settings as one source: overrides, over environment variables, over <c>.env</c>, over <c>appsettings.json</c>.
/// An empty value hides the layers below and counts as not set, so that <c>WEB_PORT=</c> means the default and no feature need
/// tell null from empty.
/// </summary>
sealed class SettingsSource(SettingsFiles files, IEnumerable<KeyValuePair<string, string?>> overrides) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        var layers = new ConfigurationBuilder()
            .AddInMemoryCollection(files.AppSettings)
            .AddInMemoryCollection(files.DotEnv)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(overrides)
            .Build();
        return new Provider(layers.AsEnumerable());
    }

    sealed class Provider : ConfigurationProvider
    {
        public Provider(IEnumerable<KeyValuePair<string, string?>> settings) =>
            Data = settings.Where(setting => !string.IsNullOrWhiteSpace(setting.Value)).ToDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
