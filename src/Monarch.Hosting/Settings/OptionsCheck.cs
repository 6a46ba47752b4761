namespace Monarch.Hosting.Settings;

/// <summary>Validates the options of one feature.</summary>
abstract class OptionsCheck
{
    public abstract IEnumerable<string> Faults(IServiceProvider services);
}
