using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Once;

/// <summary>Any order of events: concurrent deliveries, crashes, lost answers, lagging listings, a ledger that loses entries.</summary>
[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public sealed class Creating_each_issue_once(ITestOutputHelper output)
{
    const int Cases = 2_000;

    static readonly Arbitrary<int[]> Histories = Arb.From(Gen.Choose(0, 9_999).ArrayOf(), Shorter);

    [Fact]
    public void Should_hold_after_any_history()
    {
        var answers = new Dictionary<string, int>();
        Prop.ForAll(
                Histories,
                async history =>
                {
                    var world = await World.AfterAsync(history);
                    foreach (var (answer, count) in world.Ledger.Answers)
                    {
                        answers[answer] = answers.GetValueOrDefault(answer) + count;
                    }

                    world.GitHub.Copies.ShouldBe(Enumerable.Range(1, World.Issues));
                }
            )
            .Check(PropertyCheck.Of(Cases, endSize: 250, startSize: 10));

        // The histories reach every answer.
        output.WriteLine(string.Join(", ", answers));
        answers.Keys.ShouldBe(["Granted", "Created", "Busy", "Doubtful", "Unread"], ignoreOrder: true);
        answers.Values.ShouldAllBe(count => count > Cases / 10);
    }

    static IEnumerable<int[]> Shorter(int[] history)
    {
        for (var length = history.Length / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= history.Length; at += length)
            {
                yield return [.. history.Take(at), .. history.Skip(at + length)];
            }
        }
    }
}
