using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Settings;

/// <summary>Checks the settings of every feature before anything starts, and reports all faults together.</summary>
sealed class SettingsValidator(IServiceProvider provider, IServiceCollection services) : IStartupValidator
{
    public void Validate()
    {
        var faults = provider.GetRequiredService<SettingsFiles>().Faults
            .Concat(Checks().SelectMany(check => check.Faults(provider)))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (faults.Count > 0)
            throw new OptionsValidationException(Options.DefaultName, typeof(MonarchHost), faults);
    }

    IEnumerable<OptionsCheck> Checks() => services
        .Select(service => service.ServiceType)
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(IConfigureOptions<>) || open == typeof(IValidateOptions<>)))
        .Select(type => type.GenericTypeArguments[0])
        .Where(options => options.Assembly.GetName().Name?.StartsWith("Monarch.", StringComparison.Ordinal) is true)
        .Distinct()
        .Select(options => (OptionsCheck)Activator.CreateInstance(typeof(OptionsCheck<>).MakeGenericType(options))!);
}
