using FsCheck;
using FsCheck.Fluent;
using Monarch.Workers.GitHub.Markdown;
using Xunit;

namespace Monarch.Tests.GitHub;

[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public class Dividing_any_body
{
    const int Room = BodyParts.MinRoom;

    static readonly Config Often = PropertyCheck.Of(cases: 100, endSize: 40);

    static Arbitrary<string> Texts =>
        (
            from texts in ReferencePieces.Texts.Generator.ArrayOf(20)
            from repetitions in Gen.Choose(1, 20)
            select string.Concat(texts.Select(x => string.Concat(Enumerable.Repeat(x, repetitions))))
        ).ToArbitrary();

    [Fact]
    public void Should_lose_nothing() =>
        Prop.ForAll(Texts, text => string.Concat(BodyParts.Cut(text, Room).Select(x => x.Content)) == text).Check(Often);

    [Fact]
    public void Should_add_only_lines_that_close_and_open_a_block() =>
        Prop.ForAll(
                Texts,
                text =>
                {
                    var parts = BodyParts.Cut(text, Room);
                    return parts[0].Opening.Length == 0
                        && parts[^1].Closing.Length == 0
                        && parts.SkipLast(1).All(x => x.Text.EndsWith("\n" + BodyParts.Notice, StringComparison.Ordinal))
                        && parts.Skip(1).All(x => x.Opening.Length == 0 || x.Opening.EndsWith('\n'));
                }
            )
            .Check(Often);

    [Fact]
    public void Should_fit_the_room() =>
        Prop.ForAll(
                Texts,
                text => BodyParts.Cut(text, Room).All(x => x.Content.Length > 0 && CodePoints.Count(x.Text) <= Room) || text.Length == 0
            )
            .Check(Often);

    [Fact]
    public void Should_divide_no_character() =>
        Prop.ForAll(
                Texts,
                text =>
                    BodyParts
                        .Cut(text, Room)
                        .SkipLast(1)
                        .Zip(BodyParts.Cut(text, Room).Skip(1))
                        .All(x =>
                            !(x.First.Content[^1] == '\r' && x.Second.Content[0] == '\n')
                            && !char.IsSurrogatePair(x.First.Content[^1], x.Second.Content[0])
                        )
            )
            .Check(Often);
}
