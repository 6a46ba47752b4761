using FsCheck;
using FsCheck.Fluent;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Migrations;
using Xunit;

namespace Monarch.Tests.Bridge;

[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public sealed class Any_issue_numbers
{
    const int Highest = 40;

    static readonly Config Often = PropertyCheck.Of(cases: 1_000, endSize: 30);

    // Close together, so that they touch, overlap and contain each other; or at the end of the numbers.
    static readonly Gen<NumberRange> Range =
        from start in Gen.Choose(1, Highest)
        from length in Gen.Choose(0, 5)
        from isHigh in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select isHigh ? new NumberRange(int.MaxValue - start, int.MaxValue - start + Math.Min(start, length)) : new(start, start + length);

    static readonly Arbitrary<List<NumberRange>> Ranges = Arb.From(Range.NonEmptyListOf().Select(ranges => ranges.ToList()));

    [Fact]
    public void Should_be_read_as_they_are_written() =>
        Prop.ForAll(Ranges, ranges => IssueRanges.Merge(ranges) is var merged && Parse(IssueRanges.Format(merged)).SequenceEqual(merged))
            .Check(Often);

    [Fact]
    public void Should_be_merged_only_once() =>
        Prop.ForAll(Ranges, ranges => IssueRanges.Merge(ranges) is var merged && IssueRanges.Merge(merged).SequenceEqual(merged))
            .Check(Often);

    [Fact]
    public void Should_be_the_same_in_any_order_and_spelling() =>
        Prop.ForAll(
                Ranges,
                ranges =>
                {
                    var written = string.Join(" , ", Enumerable.Reverse(ranges).Select(range => $"0{range.First} - {range.Last}"));
                    return IssueRanges.Merge(Parse(written)).SequenceEqual(IssueRanges.Merge(ranges));
                }
            )
            .Check(Often);

    [Fact]
    public void Should_remain_the_same_numbers_in_ranges_that_do_not_touch() =>
        Prop.ForAll(
                Ranges,
                ranges =>
                {
                    var merged = IssueRanges.Merge(ranges);
                    return Numbers(merged).SequenceEqual(Numbers(ranges).Distinct().Order())
                        && merged.Zip(merged.Skip(1)).All(pair => pair.Second.First - (long)pair.First.Last > 1);
                }
            )
            .Check(Often);

    static List<NumberRange> Parse(string text)
    {
        var problems = new List<string>();
        var ranges = IssueRanges.Parse(text, problems);
        return problems.Count == 0 ? ranges : throw new InvalidOperationException(string.Join(' ', problems));
    }

    static IEnumerable<long> Numbers(IEnumerable<NumberRange> ranges) =>
        ranges.SelectMany(range => Enumerable.Range(0, range.Last - range.First + 1).Select(offset => (long)range.First + offset));
}
