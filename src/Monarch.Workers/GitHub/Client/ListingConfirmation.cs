using System.Globalization;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;

namespace Monarch.Workers.GitHub.Client;

/// <summary>
/// When a listing is believed although it lacks issues that GitHub counts: both lag behind, and the count may stay wrong for good.
/// </summary>
static class ListingConfirmation
{
    const int EqualListings = 3;

    /// <summary>The doubt about a listing after an earlier one.</summary>
    public static UnconfirmedListing After(UnconfirmedListing? earlier, string listing, int counted, DateTimeOffset now) =>
        earlier is not null && earlier.Listing == listing && earlier.Counted == counted && earlier.Since <= now
            ? earlier with { Times = earlier.Times + 1 }
            : new() { Listing = listing, Counted = counted, Since = now, Times = 1 };

    /// <summary>Whether the listing has stayed the same for long enough.</summary>
    public static bool IsOver(this UnconfirmedListing doubt, DateTimeOffset now, TimeSpan settle) =>
        doubt.Times >= EqualListings && now - doubt.Since >= settle;

    /// <summary>Why it is asked for again, and when.</summary>
    /// <param name="doubt">The doubt.</param>
    /// <param name="repository">Whose listing it is, for people.</param>
    /// <param name="open">How many open issues and pull requests it holds.</param>
    /// <param name="settle">How long it has to stay the same.</param>
    /// <param name="now">By the clock of the process that answers.</param>
    public static Failure NotYet(this UnconfirmedListing doubt, string repository, int open, TimeSpan settle, DateTimeOffset now) => new()
    {
        Kind = FailureKind.Transient,
        Message = (open < doubt.Counted
                ? $"GitHub lists {open} of the {doubt.Counted} open issues and pull requests that it counts in {repository}."
                : $"GitHub's list of the issues of {repository} ends before an issue that exists.")
            + string.Create(
                CultureInfo.InvariantCulture,
                $" The list is read again until it is complete, or has stayed the same for {settle.TotalSeconds:0.#} s."),
        // The third one in a row comes when it has lasted long enough.
        RetryAt = now + (settle / (EqualListings - 1)),
    };
}
