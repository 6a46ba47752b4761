using System.Globalization;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>One planned kill.</summary>
/// <param name="At">When, from the beginning of the killing.</param>
/// <param name="Victim">What.</param>
/// <param name="Number">Which of several, from 0.</param>
/// <param name="Down">How long it stays down.</param>
/// <param name="Forgets">The share of its last second's writes that Redis forgets; 0 for the others.</param>
sealed record Kill(TimeSpan At, Victim Victim, int Number, TimeSpan Down, double Forgets)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Victim} {Number + 1}, planned at {At.TotalSeconds:0.00} s, down for {Down.TotalSeconds:0.00} s"
        );
}
