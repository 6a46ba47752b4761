using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Settings;

/// <summary>Validates the options of one feature.</summary>
abstract class OptionsCheck
{
    public abstract IEnumerable<string> Faults(IServiceProvider services);
}

/// <summary>
/// Reports values that cannot be converted first: the binder would throw at the first of them. The feature's validators then check the
/// remaining values, as if the others were not set.
/// </summary>
sealed class OptionsCheck<TOptions> : OptionsCheck
    where TOptions : class, new()
{
    public override IEnumerable<string> Faults(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var unreadable = typeof(TOptions)
            .GetProperties()
            .Select(property => (Property: property, Key: property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name))
            .Where(setting => setting.Key is not null && !CanRead(configuration, setting.Property.PropertyType, setting.Key))
            .Select(setting => (Key: setting.Key!, Fault: Unreadable(configuration, setting.Property, setting.Key!)))
            .ToList();

        return unreadable.Count == 0
            ? Failures(() => services.GetRequiredService<IOptionsFactory<TOptions>>().Create(Options.DefaultName))
            :
            [
                .. unreadable.Select(setting => setting.Fault),
                .. ValidateWithout(unreadable.Select(setting => setting.Key), configuration, services),
            ];
    }

    static bool CanRead(IConfiguration configuration, Type type, string key)
    {
        try
        {
            configuration.GetValue(type, key);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    static string Unreadable(IConfiguration configuration, PropertyInfo property, string key)
    {
        var kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var expected = kind switch
        {
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(kind))}",
            _ when kind == typeof(bool) => "true or false",
            _ when kind == typeof(int) || kind == typeof(long) => "a whole number",
            _ when kind == typeof(double) || kind == typeof(decimal) => "a number",
            _ when kind == typeof(TimeSpan) => "a time span such as 00:00:30",
            _ => $"a {kind.Name}",
        };
        var defaultText = property.GetValue(new TOptions()) is { } value ? $" for the default, {value}" : "";
        return SettingError.Of(key, configuration[key], $"which is not {expected}", $"Set it to {expected}, or leave it out{defaultText}.");
    }

    static List<string> ValidateWithout(IEnumerable<string> keys, IConfiguration configuration, IServiceProvider services)
    {
        var left = configuration.AsEnumerable().ExceptBy(keys, setting => setting.Key, StringComparer.OrdinalIgnoreCase);
        var options = new TOptions();
        new ConfigurationBuilder().AddInMemoryCollection(left).Build().Bind(options);
        return
        [
            .. services
                .GetServices<IValidateOptions<TOptions>>()
                .Select(validator => validator.Validate(Options.DefaultName, options))
                .Where(result => result.Failed)
                .SelectMany(result => result.Failures ?? []),
        ];
    }

    static IEnumerable<string> Failures(Func<TOptions> create)
    {
        try
        {
            create();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }
}
