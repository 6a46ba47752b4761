using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FsCheck;
using FsCheck.Fluent;
using Monarch.Workers.Archive.Reading;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive.Reading;

[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public sealed class Checking_JSON_in_pieces
{
    static readonly string[] Parts =
    [
        "{",
        "}",
        "[",
        "]",
        "\"a\"",
        "\"ü😀\"",
        "\"\\ud83d\\ude00\"",
        ":",
        ",",
        "1",
        "-2.5e10",
        "true",
        "null",
        " ",
        "\n",
        "\"",
        "\\",
        "\uFEFF",
        "{\"a\":[1,\"é\"]}",
    ];

    [Fact]
    public void Should_agree_with_a_check_of_the_whole()
    {
        var documents = from parts in Gen.Elements(Parts).ListOf() select Encoding.UTF8.GetBytes(string.Concat(parts));
        var damaged =
            from bytes in documents
            from at in Gen.Choose(0, 1000)
            from value in Gen.Choose(0, 255)
            select Damage(bytes, at, (byte)value);
        var cases = from bytes in Gen.OneOf(documents, damaged) from sizes in Gen.Choose(1, 7).NonEmptyListOf() select (bytes, sizes);

        Prop.ForAll(cases.ToArbitrary(), x => (InPieces(x.bytes, x.sizes) is null).ShouldBe(IsValid(x.bytes)))
            .Check(PropertyCheck.Of(5_000, 20));
    }

    [Fact]
    public void Should_begin_again_after_each_end()
    {
        var check = new JsonCheck();
        foreach (var (json, isValid) in new[] { ("[", false), ("[]", true), ("]", false), ("", false), ("\"x\"", true) })
        {
            check.Add(Encoding.UTF8.GetBytes(json));
            (check.End() is null).ShouldBe(isValid, json);
        }
    }

    [Fact]
    public void Should_read_a_long_string_a_few_times_only()
    {
        // Read from its beginning for each piece, it would take a minute.
        var check = new JsonCheck();
        check.Add("\""u8);
        var piece = Encoding.UTF8.GetBytes(new string('x', 1000));
        for (var i = 0; i < 64_000; i++)
        {
            check.Add(piece);
        }

        check.Add("\""u8);
        check.End().ShouldBeNull();
    }

    static byte[] Damage(byte[] bytes, int at, byte value)
    {
        byte[] damaged = [.. bytes];
        if (damaged.Length > 0)
        {
            damaged[at % damaged.Length] = value;
        }

        return damaged;
    }

    static string? InPieces(byte[] bytes, List<int> sizes)
    {
        var check = new JsonCheck();
        for (var (at, turn) = (0, 0); at < bytes.Length; turn++)
        {
            var size = Math.Min(sizes[turn % sizes.Count], bytes.Length - at);
            check.Add(bytes.AsSpan(at, size));
            at += size;
        }

        return check.End();
    }

    static bool IsValid(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return false;
        }

        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            while (reader.Read()) { }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
