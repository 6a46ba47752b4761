using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Settings;

/// <summary>
/// Checks the settings of every feature and reports all errors together; the framework's own check stops at the first invalid number.
/// </summary>
static class SettingsCheck
{
    /// <summary>
    /// Throws before the host is built: building it already reads settings inside the server and the bus, where an error would cause a
    /// stack trace.
    /// </summary>
    /// <exception cref="OptionsValidationException">At least one setting is invalid; the failures have a line for each.</exception>
    public static void Verify(IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        var faults = provider
            .GetRequiredService<SettingsFiles>()
            .Faults.Concat(Checks(services).SelectMany(check => check.Faults(provider)))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(SettingsCheck), faults);
        }
    }

    static IEnumerable<OptionsCheck> Checks(IServiceCollection services) =>
        services
            .Select(service => service.ServiceType)
            .Where(type =>
                type.IsGenericType
                && type.GetGenericTypeDefinition() is var open
                && (open == typeof(IConfigureOptions<>) || open == typeof(IValidateOptions<>))
            )
            .Select(type => type.GenericTypeArguments[0])
            .Where(options => options.Assembly.GetName().Name?.StartsWith("Monarch.", StringComparison.Ordinal) is true)
            .Distinct()
            .Select(options => (OptionsCheck)Activator.CreateInstance(typeof(OptionsCheck<>).MakeGenericType(options))!);
}
