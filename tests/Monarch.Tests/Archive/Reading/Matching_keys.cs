using FsCheck;
using FsCheck.Fluent;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Reading;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive.Reading;

[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public sealed class Matching_keys
{
    static readonly string[] KeyWords = ["a", "b", "ab", "", "é", "a b", "*", "#", "50%", "😀"];
    static readonly string[] PatternWords = [.. KeyWords, "*", "#", "*", "#"];

    [Theory]
    [InlineData("expense.*", "expense.created", true)]
    [InlineData("expense.*", "expense", false)]
    [InlineData("expense.*", "expense.created.late", false)]
    [InlineData("expense.#", "expense", true)]
    [InlineData("expense.#", "expense.created.late", true)]
    [InlineData("#", "", true)]
    [InlineData("*", "", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("#.a.#", "b.a.c", true)]
    [InlineData("#.a", "a.b", false)]
    [InlineData("expense", "Expense", false)]
    public void Should_match_as_RabbitMQ_does(string pattern, string key, bool isMatch)
    {
        new KeyPattern(pattern).Matches(key).ShouldBe(isMatch);
        new KeyPattern(pattern).MatchesName(RoutingKeyText.Of(key)).ShouldBe(isMatch);
    }

    [Fact]
    public void Should_match_like_a_naive_model()
    {
        var cases =
            from pattern in Gen.Elements(PatternWords).ListOf()
            from key in Gen.Elements(KeyWords).ListOf()
            select (string.Join('.', pattern), string.Join('.', key));

        Prop.ForAll(
                cases.ToArbitrary(),
                x =>
                {
                    var (pattern, key) = x;
                    var expected = Naive(Split(pattern), Split(key));
                    new KeyPattern(pattern).Matches(key).ShouldBe(expected, $"{pattern} / {key}");
                    new KeyPattern(pattern).MatchesName(RoutingKeyText.Of(key)).ShouldBe(expected, $"{pattern} / {key} in a name");
                }
            )
            .Check(PropertyCheck.Of(20_000, 8));
    }

    [Fact]
    public void Should_match_a_truncated_key_by_the_whole_key_and_by_its_beginning()
    {
        var key = "expense." + new string('x', 300) + ".created";
        var name = RoutingKeyText.Of(key);

        new KeyPattern(key).MatchesName(name).ShouldBeTrue();
        new KeyPattern("expense.#").MatchesName(name).ShouldBeTrue();
        new KeyPattern("#").MatchesName(name).ShouldBeTrue();
        new KeyPattern(key + "y").MatchesName(name).ShouldBeFalse();
        new KeyPattern("income.#").MatchesName(name).ShouldBeFalse();
    }

    [Fact]
    public void Should_not_take_long_for_many_wildcards()
    {
        var pattern = new KeyPattern(string.Join('.', Enumerable.Repeat("#.a", 40)) + ".b");

        pattern.Matches(string.Join('.', Enumerable.Repeat("a", 120))).ShouldBeFalse();
    }

    static string[] Split(string key) => key.Length == 0 ? [] : key.Split('.');

    static bool Naive(ReadOnlySpan<string> pattern, ReadOnlySpan<string> words)
    {
        if (pattern.IsEmpty)
        {
            return words.IsEmpty;
        }

        if (pattern[0] == "#")
        {
            return Naive(pattern[1..], words) || (!words.IsEmpty && Naive(pattern, words[1..]));
        }

        return !words.IsEmpty && (pattern[0] == "*" || pattern[0] == words[0]) && Naive(pattern[1..], words[1..]);
    }
}
