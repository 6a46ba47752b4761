using Monarch.Contracts;
using Monarch.Hosting;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Writing_sentences
{
    [Theory]
    [InlineData("Not Found", "Check the spelling.", "Not Found. Check the spelling.")]
    [InlineData("Slack refused: not_in_channel.", "Invite the bot.", "Slack refused: not_in_channel. Invite the bot.")]
    [InlineData("Is it there? ", "Look", "Is it there? Look.")]
    [InlineData("Not Found", null, "Not Found.")]
    [InlineData(" ", "Look.", "Look.")]
    public void Should_end_foreign_messages_with_a_full_stop(string message, string? remedy, string expected) =>
        new Failure
        {
            Kind = FailureKind.Transient,
            Message = message,
            Remedy = remedy,
        }
            .InWords()
            .ShouldBe(expected);

    [Theory]
    [InlineData(0, "0 repositories")]
    [InlineData(1, "1 repository")]
    [InlineData(2, "2 repositories")]
    public void Should_use_the_plural_for_all_but_one(int number, string expected) =>
        Count.Of(number, "repository", "repositories").ShouldBe(expected);

    [Theory]
    [InlineData("ascii only", "ascii only")]
    [InlineData("größe 統 🚀 👨‍👩‍👧 می‌خواهم", "größe 統 🚀 👨‍👩‍👧 می‌خواهم")]
    [InlineData("a\tb\r\nc\0", @"a\tb\r\nc\u0000")]
    [InlineData("\u202eabc\u2066\u200f\ufeff\u00ad", @"\u202eabc\u2066\u200f\ufeff\u00ad")]
    public void Should_show_every_letter_and_no_control_character(string text, string expected) =>
        VisibleText.Line(text).ShouldBe(expected);

    // An attribute cannot hold it.
    [Fact]
    public void Should_show_half_a_character() => VisibleText.Line("\ud800half").ShouldBe(@"\ud800half");
}
