using System.Globalization;
using FsCheck;

namespace Monarch.Tests;

/// <summary>
/// How properties are checked: from a fixed seed, so that each run checks the same cases. <c>./monarch fuzz</c> sets MONARCH_FUZZ_SEED, and
/// finds the classes by <c>[Trait(PropertyCheck.Kind, PropertyCheck.Property)]</c>.
/// </summary>
static class PropertyCheck
{
    public const string Kind = "Kind";
    public const string Property = "Property";

    const ulong FixedSeed = 1;

    static readonly ulong Seed = Environment.GetEnvironmentVariable("MONARCH_FUZZ_SEED") is { Length: > 0 } seed
        ? ulong.Parse(seed, CultureInfo.InvariantCulture)
        : FixedSeed;

    /// <summary>Throws at the first case that fails.</summary>
    public static Config Of(int cases, int endSize, int startSize = 1) =>
        Config
            .QuickThrowOnFailure.WithMaxTest(cases)
            .WithStartSize(startSize)
            .WithEndSize(endSize)
            .WithQuietOnSuccess(true)
            .WithReplay(new Replay(new Rnd(Seed), null));
}
