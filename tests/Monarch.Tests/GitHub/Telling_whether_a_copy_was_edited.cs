using Monarch.Workers.GitHub.Markdown;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public sealed class Telling_whether_a_copy_was_edited
{
    const string Title = "A ticket";
    const string Text = "First line\n\n- [ ] do it";
    static readonly Marker Marker = new(77, "school/template", 3);
    static readonly string Body = CopiedBody.WithMarker(Text, Marker, Digest);

    [Fact]
    public void Should_be_unedited_as_it_was_written_and_with_other_line_breaks()
    {
        TextDigest.IsUnedited(Title, Body).ShouldBeTrue();
        TextDigest.IsUnedited(Title, Body.ReplaceLineEndings("\r\n") + "\r\n").ShouldBeTrue();
        TextDigest.IsUnedited(Title, CopiedBody.WithMarker("", Marker, Digest)).ShouldBeTrue();
        Body.ShouldEndWith(Marker.Render());
        Marker.Find(Body, 77).ShouldNotBeNull();
    }

    [Fact]
    public void Should_be_edited_with_another_title_or_text_at_any_place()
    {
        TextDigest.IsUnedited("Another", Body).ShouldBeFalse();
        TextDigest.IsUnedited(Title, Body.Replace("[ ]", "[x]", StringComparison.Ordinal)).ShouldBeFalse();
        TextDigest.IsUnedited(Title, "Ours\n\n" + Body).ShouldBeFalse();
        TextDigest.IsUnedited(Title, Body + "\n\nOurs").ShouldBeFalse();
        TextDigest.IsUnedited(Title, Body.Replace("<!-- monarch ", "Ours\n<!-- monarch ", StringComparison.Ordinal)).ShouldBeFalse();
    }

    [Fact]
    public void Should_count_a_copy_without_a_digest_as_edited()
    {
        TextDigest.IsUnedited(Title, CopiedBody.WithMarker(Text, Marker)).ShouldBeFalse();
        TextDigest.IsUnedited(Title, null).ShouldBeFalse();
    }

    [Fact]
    public void Should_remove_the_digest_of_a_source_that_is_a_copy_and_leave_code_alone()
    {
        var line = Digest(Text);
        CopiedBody.Text(Body).TrimEnd().ShouldBe(Text);
        CopiedBody.Text($"```\n{line}\n```").ShouldBe($"```\n{line}\n```");
        CodePoints.Count(line).ShouldBe(TextDigest.LineLength - 1);
    }

    [Fact]
    public void Should_show_the_labels_and_the_milestone_as_they_were_written()
    {
        var written = TextDigest.FieldsOf(["b", "A"], "M");
        TextDigest.Fields(CopiedBody.WithMarker(Text, Marker, text => TextDigest.Line(Title, text, written))).ShouldBe(written);
        TextDigest.FieldsOf(["a", "B"], "m").ShouldBe(written);
        TextDigest.FieldsOf(["a"], "m").ShouldNotBe(written);
        TextDigest.FieldsOf(["a", "b"], null).ShouldNotBe(written);
        TextDigest.Fields(CopiedBody.WithMarker(Text, Marker)).ShouldBeNull();
    }

    static string Digest(string text) => TextDigest.Line(Title, text, TextDigest.FieldsOf([], null));
}
