namespace Monarch.Hosting.Settings;

/// <summary>Finds what is wrong with one feature's options.</summary>
abstract class OptionsCheck
{
    public abstract IEnumerable<string> Faults(IServiceProvider services);
}
