"""What pictures carry beside their pixels, and how they are painted anew."""
