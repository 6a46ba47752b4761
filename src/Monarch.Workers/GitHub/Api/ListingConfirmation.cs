using System.Globalization;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;

namespace Monarch.Workers.GitHub.Api;

/// <summary>
/// Decides when a listing is accepted although GitHub counts more issues: both lag behind, and the count may remain wrong.
/// </summary>
static class ListingConfirmation
{
    const int EqualListings = 3;

    /// <summary>The state of an incomplete listing after an earlier one.</summary>
    public static UnconfirmedListing After(UnconfirmedListing? earlier, string listing, int counted, DateTimeOffset now) =>
        earlier is not null && earlier.Listing == listing && earlier.Counted == counted && earlier.Since <= now
            ? earlier with
            {
                Times = earlier.Times + 1,
            }
            : new()
            {
                Listing = listing,
                Counted = counted,
                Since = now,
                Times = 1,
            };

    /// <summary>Whether the listing has been unchanged for long enough.</summary>
    public static bool IsOver(this UnconfirmedListing doubt, DateTimeOffset now, TimeSpan settle) =>
        doubt.Times >= EqualListings && now - doubt.Since >= settle;

    /// <summary>The failure with the time of the next reading.</summary>
    /// <param name="doubt">The state of the listing.</param>
    /// <param name="repository">The repository, <c>owner/name</c>.</param>
    /// <param name="open">The listed open issues and pull requests.</param>
    /// <param name="settle">How long the listing must be unchanged.</param>
    /// <param name="now">The time of this process.</param>
    public static Failure NotYet(this UnconfirmedListing doubt, string repository, int open, TimeSpan settle, DateTimeOffset now) =>
        new()
        {
            Kind = FailureKind.Transient,
            Message =
                (
                    open < doubt.Counted
                        ? $"GitHub lists {open} of the {doubt.Counted} open issues and pull requests that it counts in {repository}."
                        : $"GitHub's list of the issues of {repository} ends before an issue that exists."
                )
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $" The list is read again until it is complete or has been unchanged for {settle.TotalSeconds:0.#} s."
                ),
            // Schedules the third reading in a row after the settle time.
            RetryAt = now + (settle / (EqualListings - 1)),
        };
}
